"""The files of a data set on the Hugging Face Hub, with the size and SHA-256 that the hub gives."""

import urllib.parse
from collections.abc import Callable

from dataset.acquisition.corpus import CorpusError, Remote

HOST = "https://huggingface.co"
TIMEOUT = 15.0  # s; a listing is a small file


class Unreachable(CorpusError):
    """The hub does not answer, or not with a listing."""


def listing(repository: str, revision: str, wanted: Callable[[str], bool]) -> tuple[Remote, ...]:
    """Files of a data set's repository whose path is wanted, in the order of their paths."""
    import httpx  # a tenth of a second, which `--help` need not wait

    # A page has at most 1,000 files; the next one's address is in the Link header.
    address = f"{HOST}/api/datasets/{repository}/tree/{revision}?recursive=true"
    found = []
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True) as client:
        while address:
            try:
                answer = client.get(address)
                answer.raise_for_status()
                entries = answer.json()
            except (httpx.HTTPError, ValueError) as error:
                raise Unreachable(f"{HOST} gives no listing of {repository}: {error}") from error
            found += [
                _remote(repository, revision, entry)
                for entry in entries
                if entry["type"] == "file" and wanted(entry["path"])
            ]
            address = answer.links.get("next", {}).get("url", "")
    return tuple(sorted(found, key=lambda remote: remote.name))


def _remote(repository: str, revision: str, entry: dict[str, object]) -> Remote:
    path = str(entry["path"])
    large = entry.get("lfs")  # small files have a Git hash only
    return Remote(
        url=f"{HOST}/datasets/{repository}/resolve/{revision}/{urllib.parse.quote(path)}",
        name=path,
        size=int(str(entry["size"])),
        checksum=f"sha256:{large['oid']}" if isinstance(large, dict) else "",
    )
