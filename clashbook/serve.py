"""A web server for the finished site on one's own machine: what a good host sends, it sends.

It answers as README.md asks of a host: the same security headers, texts compressed for those who
take them so, no list of a folder's files, and the site's own page where there is none.
"""

import gzip
import sys
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

HOST = "127.0.0.1"
# Nothing but the site's own files, and no script or style written into a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
# Where exhibits have pages of their own, in every edition.
ALONE = "/exhibits/"
MISSING = "404.html"
_TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")


def headers(path: str) -> dict[str, str]:
    """Return the security headers of a path; only an exhibit's own page may stand in a frame."""
    ancestors = "*" if ALONE in path else "'none'"
    return {"Content-Security-Policy": f"{POLICY}; frame-ancestors {ancestors}", **HEADERS}


class Handler(SimpleHTTPRequestHandler):
    """Serves files quietly, and never from the browser's memory: the next build shows at once."""

    # A connection is kept, as hosts do; it would count against the pages otherwise.
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        for name, value in headers(urlsplit(self.path).path).items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> BinaryIO | None:
        path = self._file()
        return self._send(path, HTTPStatus.OK) if path else super().send_head()

    def _file(self) -> Path | None:
        """The file that is asked for; a folder stands for its index."""
        path = Path(self.translate_path(self.path))
        if urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        return path if path.is_file() else None

    def _send(self, path: Path, status: HTTPStatus) -> BinaryIO:
        kind = self.guess_type(path)
        is_text = kind.startswith(_TEXTS)
        packed = is_text and "gzip" in self.headers.get("Accept-Encoding", "")
        content = _packed(path, path.stat().st_mtime_ns) if packed else path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(content)))
        if is_text:
            self.send_header("Vary", "Accept-Encoding")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(content)

    def list_directory(self, path: str) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / MISSING
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = self._send(page, HTTPStatus.NOT_FOUND)
        if self.command != "HEAD":
            self.copyfile(content, self.wfile)

    def log_message(self, *_arguments: object) -> None:
        pass


@lru_cache(maxsize=512)
def _packed(path: Path, _changed: int) -> bytes:
    """A file's content, compressed once for each state of it."""
    return gzip.compress(path.read_bytes(), mtime=0)


class Server(ThreadingHTTPServer):
    """Says nothing of a browser that has gone away in the middle of an answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of `folder` on this machine alone; port 0 takes a free one.

    Raises
    ------
    OSError
        If the port is taken.
    """
    return Server((HOST, port), partial(Handler, directory=str(folder)))
