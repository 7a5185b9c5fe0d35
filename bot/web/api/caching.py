"""JSON that changes with a release or a model only: whoever has it is told that it holds."""

import hashlib
import json

from aiohttp import web

FRESH_SECONDS = 300


def cacheable(request: web.Request, content: object, vary: str | None = None) -> web.Response:
    """200 with the content, or 304 where the ETag of `If-None-Match` is that of the content."""
    body = json.dumps(content, ensure_ascii=False).encode()
    etag = hashlib.sha256(body).hexdigest()[:32]
    known = any(tag.value in (etag, "*") for tag in request.if_none_match or ())
    if known:
        response = web.Response(status=304)
    else:
        response = web.Response(body=body, content_type="application/json")
    response.etag = etag
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    if vary:
        response.headers["Vary"] = vary
    return response
