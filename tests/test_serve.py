"""The server: what a good host sends."""

import gzip
import http.client
import os
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clashbook.website import serve

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
PATHS = [
    *("/", "/index.html", "/exhibits.html", "/data/claims.csv", "/exhibits/toll.html"),
    *("/editions/", "/editions/2022-09-13/", "/editions/2022-09-13/exhibits.html"),
    *("/editions/2022-09-13/exhibits/toll.html", "/editions/2022-09-13/v0.3.0/claims.html"),
    "/editions/2022-09-13/v0.3.0/exhibits/toll.html",
]
TEXT = "<p>Words, words, words.</p>" * 50


@pytest.fixture
def ask(tmp_path):
    """Ask a small site for a path."""
    (tmp_path / "exhibits").mkdir()
    for name in ("index.html", "exhibits/toll.html", "data.json", "picture.svg"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with serve.server(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()

        def call(path, method="GET", **headers):
            connection = http.client.HTTPConnection(serve.HOST, server.server_port, timeout=9)
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            answer.body = answer.read()
            connection.close()
            return answer

        call.folder = tmp_path
        call.port = server.server_port
        yield call
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/", "/index.html", "/?q=x", "/data.json", "/picture.svg"])
def test_a_text_is_compressed_for_those_who_take_it_so(ask, path):
    packed = ask(path, **{"Accept-Encoding": "br, gzip"})
    plain = ask(path)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body == TEXT.encode()
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) == len(packed.body) < len(plain.body)
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]


def test_a_picture_is_sent_as_it_is(ask):
    answer = ask("/picture.png", **{"Accept-Encoding": "gzip"})
    assert answer.body == b"\x89PNG"
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["Content-Type"] == "image/png"


def test_a_file_that_changes_is_compressed_anew_at_once(ask):
    ask("/", **{"Accept-Encoding": "gzip"})
    (ask.folder / "index.html").write_text("new")
    assert gzip.decompress(ask("/", **{"Accept-Encoding": "gzip"}).body) == b"new"


@pytest.mark.parametrize("path", ["/", "/data.json", "/picture.png", "/nowhere.html", "/exhibits"])
def test_every_answer_has_the_policy_and_stands_in_no_frame(ask, path):
    headers = ask(path).headers
    assert headers["Content-Security-Policy"] == f"{serve.POLICY}; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/exhibits/toll.html", "/exhibits/toll.html?exhibits"])
def test_an_exhibit_may_stand_in_any_frame(ask, path):
    answer = ask(path)
    assert answer.status == 200
    assert answer.headers["Content-Security-Policy"] == f"{serve.POLICY}; frame-ancestors *"


def test_an_exhibit_of_any_edition_may_stand_in_a_frame_and_no_other_page():
    for place in ("/", "/book/", "/editions/2022-09-13/", "/book/editions/2022-09-13/v1.0.0/"):
        assert "ancestors *" in serve.headers(f"{place}exhibits/a.html")["Content-Security-Policy"]
        for page in ("exhibits.html", "index.html"):
            policy = serve.headers(f"{place}{page}")["Content-Security-Policy"]
            assert policy.endswith("ancestors 'none'")


@pytest.mark.parametrize("path", ["/nowhere.html", "/no/where/", "/exhibits/", "/data.json/"])
def test_where_nothing_is_the_sites_own_page_says_so(ask, path):
    (ask.folder / "404.html").write_text("This page is not here.")
    answer = ask(path)
    assert answer.status == 404
    assert answer.body == b"This page is not here."
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_site_without_such_a_page_answers_404_all_the_same(ask):
    assert ask("/nowhere.html").status == 404


def test_the_files_of_a_folder_are_not_listed(ask):
    assert ask("/exhibits").status == 404
    assert ask("/exhibits/").status == 404


def test_nothing_outside_the_folder_is_served(ask):
    (ask.folder.parent / "secret.txt").write_text("x")
    assert ask("/../secret.txt").status == 404
    assert ask("/%2e%2e/secret.txt").status == 404


def sent(ask, request, ends=True):
    """All that comes back for the bytes of a request."""
    with socket.create_connection((serve.HOST, ask.port), timeout=20) as connection:
        connection.sendall(request)
        if ends:
            connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def asking(ask, line, *more):
    """The bytes of a request, of this machine and without more to come."""
    host = f"Host: {serve.HOST}:{ask.port}"
    return "\r\n".join([line, host, "Connection: close", *more, "", ""]).encode("latin-1")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        *[(f"GET {path} HTTP/1.1", 404) for path in ("/%00", "/data%00.json", "/a%00/", "/\0")],
        *[(f"GET /{'a' * length} HTTP/1.1", 404) for length in (300, 5000)],
        ("GET /%ed%a0%80 HTTP/1.1", 404),
        *[(f"GET {path} HTTP/1.1", 404) for path in ("http://[x/", "x", "\\x")],
        *[(line, 400) for line in ("A B C D E", "GET / FOO", "GET / HTTP/x.y", "POST /", "A")],
        ("GET / HTTP/9.9", 505),
        (f"GET /{'a' * 70_000} HTTP/1.1", 414),
        ("GARBAGE / HTTP/1.1", 501),
    ],
)
def test_a_bad_request_is_answered_and_the_terminal_stays_quiet(ask, capfd, line, status):
    answer = sent(ask, asking(ask, line))
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert f"Content-Security-Policy: {serve.POLICY}; frame-ancestors 'none'".encode() in answer
    assert ask("/").status == 200
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *[(host, 200) for host in ("127.0.0.1:{}", "localhost:{}", "LOCALHOST:{}", "[::1]:{}")],
        # As a browser gives it for port 80.
        ("localhost", 200),
        *[(host, 421) for host in ("evil.example", "evil.example:{}", "localhost:1", "")],
        *[(host, 421) for host in ("127.0.0.1.evil.example:{}", "localhost:{}@x", "0.0.0.0:{}")],
    ],
)
def test_only_this_machines_own_names_are_answered(ask, host, status):
    request = f"GET / HTTP/1.1\r\nHost: {host.format(ask.port)}\r\nConnection: close\r\n\r\n"
    answer = sent(ask, request.encode())
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert (TEXT.encode() in answer) == (status == 200)


@pytest.mark.parametrize("start", [b"", b"GET / HTT", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_client_that_falls_silent_is_dropped(ask, monkeypatch, capfd, start):
    monkeypatch.setattr(serve.Handler, "timeout", 0.2)
    began = time.monotonic()
    assert sent(ask, start, ends=False) == b""
    assert time.monotonic() - began < 10
    assert capfd.readouterr() == ("", "")


def test_a_silent_client_is_given_some_seconds_and_no_more():
    assert 1 <= serve.Handler.timeout <= 30


def test_a_hundred_at_once_are_served(ask):
    assert serve.Server.request_queue_size == 128
    barrier = threading.Barrier(100)

    def one(_number):
        barrier.wait()
        return ask("/").status

    with ThreadPoolExecutor(100) as pool:
        assert list(pool.map(one, range(100))) == [200] * 100


def test_two_requests_on_one_connection_are_both_answered(ask):
    first = asking(ask, "GET / HTTP/1.1").replace(b"close", b"keep-alive")
    assert sent(ask, first + asking(ask, "GET / HTTP/1.1")).count(b"HTTP/1.1 200 ") == 2


@pytest.mark.parametrize("path", ["/pipe.html", "/room/", "/pipe.html/"])
def test_a_pipe_in_the_site_is_not_opened(ask, path):
    (ask.folder / "room").mkdir()
    os.mkfifo(ask.folder / "pipe.html")
    os.mkfifo(ask.folder / "room" / "index.html")
    assert ask(path).status == 404


def test_a_file_that_goes_while_it_is_asked_for_is_not_there(ask, monkeypatch, capfd):
    def gone(path):
        raise FileNotFoundError(2, "gone", str(path))

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert ask("/picture.png").status == 404
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/nowhere.html", 404)])
def test_a_head_has_no_body(ask, path, status):
    (ask.folder / "404.html").write_text("This page is not here.")
    answer = ask(path, method="HEAD")
    assert (answer.status, answer.body) == (status, b"")
    assert int(answer.headers["Content-Length"]) > 0


def told(kind, start):
    """A block of README.md in the language of a host."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (block,) = [block for block in blocks if block.startswith(start)]
    return block


def by_rules(path):
    """The headers that the file `_headers` of README.md gives a path: rule by rule, in order."""
    given = {}
    for rule in re.split(r"^(?=/)", told("text", "/*"), flags=re.MULTILINE)[1:]:
        pattern, *lines = rule.splitlines()
        segments = re.escape(pattern).replace(r"\*", ".*")
        if not re.fullmatch(re.sub(r":\w+", "[^/]+", segments), path):
            continue
        for line in lines:
            name, _, value = line.strip().partition(": ")
            if name.startswith("! "):
                del given[name.removeprefix("! ")]
            else:
                assert name not in given, "two values would be joined, and both hold"
                given[name] = value
    return given


def by_nginx(path):
    block = told("nginx", "map")
    other, frames = re.findall(r'^    (?:default|~/exhibits/) +"(.+)";$', block, re.MULTILINE)
    lines = re.findall(r'^add_header (\S+) "(.+)" always;$', block, re.MULTILINE)
    value = frames if re.search("/exhibits/", path) else other
    return {name: text.replace("$frames", value) for name, text in lines}


def by_apache(path):
    block = told("apache", "Header")
    condition = re.search(r"^<If .*=~ m#(.*)#\">\n(.*?)^</If>\n", block, re.MULTILINE | re.DOTALL)
    lines = block.replace(condition[0], "")
    if re.search(condition[1], path):
        lines += condition[2]
    return dict(re.findall(r'^ *Header always set (\S+) "(.+)"$', lines, re.MULTILINE))


@pytest.mark.parametrize("host", [by_rules, by_nginx, by_apache])
@pytest.mark.parametrize("path", PATHS)
def test_the_readme_tells_each_host_to_send_the_same(host, path):
    assert host(path) == serve.headers(path)
