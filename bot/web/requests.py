"""In which language a request is answered, and why one is refused: each reason in a sentence."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import Settings
from bot.texts import Texts, known_language, texts_for
from bot.web.problems import PROBLEM, fill, refusal
from inference.errors import DetectionError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
CHOSEN_LANGUAGE = "language"  # the cookie in which the page keeps what its person chose
POLICY = (  # blob: and data: for the recording that is played back and the picture that came;
    # 'wasm-unsafe-eval' compiles WebAssembly of our own for the private check, and no script
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
MINI_APP = "/mini-app"  # the page inside Telegram, whose browser version shows it in a frame
FRAMED_BY = "https://web.telegram.org"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

SETTINGS = web.AppKey("settings", Settings)

logger = logging.getLogger(__name__)


def check_sender(request: web.Request) -> None:
    """Another site's script in the user's browser must not use the page (CSRF): raise a refusal.

    On a loop-back OUVIDO_HOST it can't do so under a name of its own either (DNS rebinding): only
    that of PAGE_URL is another one of ours.
    """
    say = texts_of(request).say
    try:
        host = urlsplit(f"//{request.headers['Host']}").hostname
    except (KeyError, ValueError) as error:  # missing, or no address at all
        no_host = say("requests", "no_host")
        raise refusal(web.HTTPBadRequest, "no_host", no_host) from error
    public = urlsplit(request.app[SETTINGS].page_url).hostname
    if request.app[SETTINGS].host in LOOPBACK and host not in (*LOOPBACK, public):
        raise refusal(web.HTTPForbidden, "wrong_host", say("requests", "wrong_host"))
    if is_of_allowed_site(request):
        return
    if "Origin" in request.headers and (reason := _foreign(request.headers)):
        code = "proxy" if reason == "proxy" else "foreign"
        raise refusal(web.HTTPForbidden, code, say("requests", reason))


def is_of_allowed_site(request: web.Request) -> bool:
    """Whether a script of one of API_ORIGINS asks something of the API."""
    return is_api(request) and request.headers.get("Origin") in request.app[SETTINGS].api_origins


def _foreign(headers: Mapping[str, str]) -> str | None:
    """What the browser's page is called is not what we are: the key of the reason, or None."""
    try:
        origin = urlsplit(headers["Origin"]).netloc
    except ValueError:
        return "foreign"
    if origin == headers["Host"]:
        return None
    site = headers.get("Sec-Fetch-Site")  # which no script can set; old browsers have none
    if site == "same-origin" or (origin and headers.get("X-Forwarded-Host") == origin):
        return "proxy"
    return "foreign" if site else "foreign_or_proxy"


def texts_of(request: web.Request) -> Texts:
    """The words for `?lang=`, else for the language that was chosen on the page, else for the one
    of Accept-Language that is wanted most."""
    wanted = _preferred(request.headers.get("Accept-Language", ""))
    chosen = (request.query.get("lang", ""), request.cookies.get(CHOSEN_LANGUAGE, ""))
    named = [code for code in (*chosen, *wanted) if code]
    language = known_language(*named) or next(iter(named), None)
    return texts_for(language, request.app[SETTINGS].language)


def is_packed(headers: Mapping[str, str]) -> bool:
    """Whether the bytes stand for more than they are, so that their length tells nothing."""
    return headers.get("Content-Encoding", "identity").lower() != "identity"


@web.middleware
async def in_sentences(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A wrong method is refused in a sentence; below `/api` so is all else, whatever raised it."""
    texts = texts_of(request)
    try:
        return await handler(request)
    except web.HTTPMethodNotAllowed as error:
        allowed = ", ".join(sorted(error.allowed_methods))
        fill(error, "wrong_method", texts.say("requests", "wrong_method", allowed=allowed))
        raise
    except web.HTTPNotFound as error:
        if is_api(request):
            key = "no_slash" if request.path.endswith("/") else "no_path"
            fill(error, "no_such_path", texts.say("requests", key))
        raise
    except web.HTTPException as error:
        if is_api(request) and isinstance(error, web.HTTPError) and error.content_type != PROBLEM:
            fill(error, DetectionError.code, texts.error(DetectionError.code, 0))
        raise
    except Exception as error:  # an edge, as the worker's: a bug costs this request a 500
        if not is_api(request):
            raise
        logger.exception("A request of a program could not be answered")
        failed = texts.error(DetectionError.code, 0)
        raise refusal(web.HTTPInternalServerError, DetectionError.code, failed) from error


def is_api(request: web.Request) -> bool:
    """Whether a program asks, also at an address below `/api` that there is not."""
    return request.path == "/api" or request.path.startswith("/api/")


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Headers that keep a browser from doing anything but showing our own page."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path == MINI_APP:  # old browsers would not read the policy, which names Telegram
        del response.headers["X-Frame-Options"]


def _preferred(accepted: str) -> list[str]:
    """The codes in a header such as `de, en;q=0.8`, the most wanted first."""
    weights = {}
    for code, weight in re.findall(r"([\w-]+)\s*(?:;\s*q=([\d.]+))?", accepted):
        weights[code] = float(weight) if re.fullmatch(r"[01](\.\d*)?", weight) else 1.0
    return sorted((code for code in weights if weights[code]), key=lambda code: -weights[code])
