"""Scripts and style sheets of the page: compressed once, kept by browsers for good, because a file
that changes gets another name."""

import gzip
import mimetypes
import re
from functools import cache

from aiohttp import web

from bot.web.markup import PAGE

FOR_GOOD = "public, max-age=31536000, immutable"
OTHERS = (".html", ".gz")  # which markup.py and private.py serve
A_DAY = "public, max-age=86400"  # for the few whose names stay


async def asset(request: web.Request) -> web.Response:
    """A file of the page by its name."""
    files, name = _files(), request.match_info["name"]
    if name not in files:
        raise web.HTTPNotFound
    hashed = re.fullmatch(r".+-[\w-]{8}\.(js|css)", name)
    headers = {"Cache-Control": FOR_GOOD if hashed else A_DAY, "Vary": "Accept-Encoding"}
    content, small = files[name]
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        content, headers["Content-Encoding"] = small, "gzip"
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return web.Response(body=content, content_type=kind, headers=headers)


@cache
def _files() -> dict[str, tuple[bytes, bytes]]:
    """By their names, as they are and compressed; index.html has placeholders and is no file."""
    paths = [path for path in PAGE.iterdir() if path.suffix not in OTHERS]
    return {path.name: (path.read_bytes(), gzip.compress(path.read_bytes())) for path in paths}


ROUTE = web.get("/page/{name}", asset)
