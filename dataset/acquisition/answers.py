"""Interpret a server's answer to a request for a file, or for the rest of one."""

import re
from pathlib import Path

import httpx

from dataset.acquisition.corpus import CorpusError, Remote

AGAIN = {408, 429, 500, 502, 503, 504}  # answers that may be another one later
ADVICE = {
    401: "it wants an account: fetch it by hand and give it by --from",
    403: "it wants an account or an agreement: fetch it by hand and give it by --from",
    404: "it is not there any more: look at the corpus' page",
    410: "it is not there any more: look at the corpus' page",
}


class DownloadFailed(CorpusError):
    """A file cannot be had from its address."""


class Cut(Exception):
    """The answer ended early or not at all; the next attempt may fare better."""


def refuse(answer: httpx.Response, remote: Remote) -> None:
    """Raise Cut for what may go better later, DownloadFailed for what will not."""
    code = answer.status_code
    if code in AGAIN:
        raise Cut(f"the server answers {code}")
    if code >= 400:
        advice = ADVICE.get(code, answer.reason_phrase)
        raise DownloadFailed(f"{remote.url} answers {code}: {advice}")
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if kind == "text/html" and not remote.name.endswith((".html", ".htm")):
        raise DownloadFailed(
            f"{remote.url} answers with a web page, not with {remote.name}: "
            "it may want an account; fetch it by hand and give it by --from"
        )


def remember(answer: httpx.Response, stamp: Path) -> None:
    """Keep the file's strong ETag or date, by which a resumed download knows the version."""
    version = answer.headers.get("ETag", "")
    if not version or version.startswith("W/"):
        version = answer.headers.get("Last-Modified", "")
    if version:
        stamp.write_text(version, encoding="ascii")
    else:
        stamp.unlink(missing_ok=True)


def start(answer: httpx.Response) -> int | None:
    """The first byte of a piece, counted from 0."""
    match = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    return int(match[1]) if match else None


def total(answer: httpx.Response) -> int | None:
    """The length of the whole file, by the answer with a piece of it or with none."""
    match = re.search(r"/(\d+)$", answer.headers.get("Content-Range", ""))
    return int(match[1]) if match else None
