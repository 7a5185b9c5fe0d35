"""Which other sites' scripts may ask (CORS): those of API_ORIGINS, and never with cookies."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.web.requests import SETTINGS, is_api, is_of_allowed_site

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",  # s for which a browser need not ask again
}
SHOWN_HEADERS = "ETag, RateLimit, RateLimit-Policy, Retry-After"


@web.middleware
async def answer_preflight(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A browser's question whether a script may ask; that of another site is a wrong method."""
    asked = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if asked and is_of_allowed_site(request):
        return web.Response(status=204, headers=PREFLIGHT)
    return await handler(request)


async def let_read(request: web.Request, response: web.StreamResponse) -> None:
    """Let an allowed site's script read any answer of the API, also a refusal."""
    if not is_api(request) or not request.app[SETTINGS].api_origins:
        return
    response.headers.add("Vary", "Origin")
    if is_of_allowed_site(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = SHOWN_HEADERS
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
