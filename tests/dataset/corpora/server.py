"""A small web server of files, which can cut a connection, ignore Range and answer with errors."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Files:
    """What is served, and how badly; what was asked for stands in `asked`."""

    content: dict[str, bytes]  # path without the slash → bytes
    address: str = ""
    cuts: dict[str, list[int]] = field(default_factory=dict)  # bytes after which to hang up
    answers: dict[str, list[int]] = field(default_factory=dict)  # errors to answer first
    ranges: bool = True
    etag: str = '"1"'
    kind: str = "application/octet-stream"
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, Range
    sent: int = 0  # bytes of bodies
    links: dict[str, str] = field(default_factory=dict)  # path → Link header

    def url(self, name: str) -> str:
        return f"{self.address}/{name}"


@contextmanager
def serving(files: Files) -> Iterator[Files]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, files)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    files.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield files
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(request: BaseHTTPRequestHandler, files: Files) -> None:
    path, wanted = request.path.lstrip("/"), request.headers.get("Range", "")
    files.asked.append((path, wanted))
    errors = files.answers.get(path, [])
    if errors:
        request.send_error(errors.pop(0))
        return
    if path not in files.content:
        request.send_error(404)
        return
    body, start = files.content[path], 0
    same = request.headers.get("If-Range", files.etag) == files.etag
    if wanted and files.ranges and same:
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if start >= len(body):
            request.send_response(416)
            request.send_header("Content-Range", f"bytes */{len(body)}")
            request.end_headers()
            return
        request.send_response(206)
        request.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
    else:
        request.send_response(200)
    request.send_header("Content-Length", str(len(body) - start))
    request.send_header("Content-Type", files.kind)
    if files.etag:
        request.send_header("ETag", files.etag)
    if path in files.links:
        request.send_header("Link", files.links[path])
    request.end_headers()
    cuts = files.cuts.get(path, [])
    piece = body[start:][: cuts.pop(0) if cuts else None]
    with suppress(ConnectionError):  # whoever asked has heard enough
        request.wfile.write(piece)
        files.sent += len(piece)
