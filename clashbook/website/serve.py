"""A web server for the finished site on one's own machine: what a good host sends, it sends.

It answers as README.md asks of a host: the same security headers, texts compressed for those who
take them so, no list of a folder's files, and the site's own page where there is none.
"""

from __future__ import annotations

import gzip
import sys
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

HOST = "127.0.0.1"
# Of this machine, as a browser gives them.
NAMES = ("localhost", HOST, "[::1]")
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

    server: Server
    # A connection is kept, as hosts do; it would count against the pages otherwise.
    protocol_version = "HTTP/1.1"
    # A request that cannot be read is answered with a status line too.
    default_request_version = "HTTP/1.0"
    # Seconds that a client may keep silent in the middle of a request or between two.
    timeout = 10
    # That of a request whose own could not be read.
    path = "/"

    def parse_request(self) -> bool:
        """Refuse what no browser of this machine asks."""
        self.path = "/"
        if not super().parse_request():
            return False
        host = self.headers.get("Host", "").lower().removesuffix(f":{self.server.server_port}")
        if host not in NAMES:
            # Another site's page may lead its own name to this machine, and read what it gets.
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return host in NAMES

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        for name, value in headers(self.path.partition("?")[0]).items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> BinaryIO | None:
        path = Path(self.translate_path(self.path))
        is_folder = self.path.partition("?")[0].endswith("/")
        try:
            return self._send(path / "index.html" if is_folder else path, HTTPStatus.OK)
        except (ConnectionError, TimeoutError):
            raise
        except (OSError, ValueError):  # the latter of a name that no file can have
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def _send(self, path: Path, status: HTTPStatus) -> BinaryIO:
        """Answer with a file, which is read before anything is sent."""
        kind = self.guess_type(path)
        is_text = kind.startswith(_TEXTS)
        packed = is_text and "gzip" in self.headers.get("Accept-Encoding", "").lower()
        if not path.is_file():
            # A pipe or a device has no end.
            raise FileNotFoundError(path)
        content = path.read_bytes()
        content = gzip.compress(content, 6) if packed else content
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(content)))
        if is_text:
            self.send_header("Vary", "Accept-Encoding")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code == HTTPStatus.NOT_FOUND:
            with suppress(FileNotFoundError, PermissionError):
                content = self._send(Path(self.directory) / MISSING, HTTPStatus.NOT_FOUND)
                if self.command != "HEAD":
                    self.copyfile(content, self.wfile)
                return
        super().send_error(code, message, explain)

    def log_message(self, *_arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Says nothing of a browser that has gone away in the middle of an answer."""

    # How many may wait until they are heard.
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of `folder` on this machine alone; port 0 takes a free one.

    Raises
    ------
    OSError
        If the port is taken.
    """
    return Server((HOST, port), partial(Handler, directory=str(folder)))
