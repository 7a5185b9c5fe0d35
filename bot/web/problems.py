"""A refusal as RFC 9457 has it, application/problem+json: every one of ours is made here."""

import json
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.texts import Texts

PROBLEM = "application/problem+json"
QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"  # of 429


def said(code: str, message: str) -> dict[str, str]:
    """What is wrong with one of several files, or while an answer is under way."""
    return {"code": code, "message": message}


def problem(status: int, code: str, detail: str, **more: Any) -> dict[str, Any]:
    """What is wrong with a whole request; `more` are further members."""
    return {
        "type": QUOTA_EXCEEDED if status == HTTPStatus.TOO_MANY_REQUESTS else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
        "error": said(code, detail),  # all that there was until 0.8.0; goes with 0.10.0
    }


def fill(refused: web.HTTPError, code: str, detail: str, **more: Any) -> web.HTTPError:
    """Give a refusal its body."""
    refused.text = json.dumps(problem(refused.status, code, detail, **more))
    refused.content_type = PROBLEM
    return refused


def refusal(
    kind: type[web.HTTPError],
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> web.HTTPError:
    """A refusal of a whole request, to be raised."""
    return fill(kind(headers=headers), code, detail, **more)


def too_large(most: int, size: int, texts: Texts) -> web.HTTPError:
    """The refusal of a file, or of a form, of `size` bytes where `most` are taken."""
    refused = web.HTTPRequestEntityTooLarge(most, size)
    return fill(refused, "too_large", texts.error("too_large", most))
