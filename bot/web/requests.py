"""In which language a request is answered, and why one is refused: each reason in a sentence."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import Settings
from bot.texts import Texts, known_language, texts_for

LOOPBACK = ("127.0.0.1", "::1", "localhost")
CHOSEN_LANGUAGE = "language"  # the cookie in which the page keeps what its person chose
POLICY = (  # blob: and data: for the recording that is played back and the picture that came;
    # 'wasm-unsafe-eval' compiles WebAssembly of our own for the private check, and no script
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
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


def refusal(
    kind: type[web.HTTPError], code: str, message: str, headers: dict[str, str] | None = None
) -> web.HTTPError:
    """A refusal of a whole request, as JSON."""
    text = _error(code, message)
    return kind(text=text, content_type="application/json", headers=headers)


def too_large(most: int, size: int, texts: Texts) -> web.HTTPError:
    """The refusal of a file, or of a form, of `size` bytes where `most` are taken."""
    text = _error("too_large", texts.error("too_large", most))
    return web.HTTPRequestEntityTooLarge(most, size, text=text, content_type="application/json")


def check_sender(request: web.Request) -> None:
    """Another site's script in the user's browser must not use the page (CSRF): raise a refusal.

    On a loop-back HOST it can't do so under a name of its own either (DNS rebinding).
    """
    say = texts_of(request).say
    try:
        host = urlsplit(f"//{request.headers['Host']}").hostname
    except (KeyError, ValueError) as error:  # missing, or no address at all
        no_host = say("requests", "no_host")
        raise refusal(web.HTTPBadRequest, "no_host", no_host) from error
    if request.app[SETTINGS].host in LOOPBACK and host not in LOOPBACK:
        raise refusal(web.HTTPForbidden, "wrong_host", say("requests", "wrong_host"))
    if "Origin" in request.headers and (reason := _foreign(request.headers)):
        code = "proxy" if reason == "proxy" else "foreign"
        raise refusal(web.HTTPForbidden, code, say("requests", reason))


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
async def tell_methods(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A wrong method is refused in a sentence, too."""
    try:
        return await handler(request)
    except web.HTTPMethodNotAllowed as error:
        allowed = ", ".join(sorted(error.allowed_methods))
        words = texts_of(request).say("requests", "wrong_method", allowed=allowed)
        error.text, error.content_type = _error("wrong_method", words), "application/json"
        raise


async def harden(_: web.Request, response: web.StreamResponse) -> None:
    """Headers that keep a browser from doing anything but showing our own page."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _error(code: str, message: str) -> str:
    return json.dumps({"error": {"code": code, "message": message}})


def _preferred(accepted: str) -> list[str]:
    """The codes in a header such as `de, en;q=0.8`, the most wanted first."""
    weights = {}
    for code, weight in re.findall(r"([\w-]+)\s*(?:;\s*q=([\d.]+))?", accepted):
        weights[code] = float(weight) if re.fullmatch(r"[01](\.\d*)?", weight) else 1.0
    return sorted((code for code in weights if weights[code]), key=lambda code: -weights[code])
