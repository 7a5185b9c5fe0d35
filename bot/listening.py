"""Where the page listens: which names of the environment are meant for it, and the sentence for an
address where nothing can be served."""

import errno
import logging
import os
from collections.abc import Mapping
from ipaddress import ip_address

PORT_AT_FAULT = (errno.EADDRINUSE, errno.EACCES)  # taken; under 1024 without the right to it

logger = logging.getLogger(__name__)


def ours(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without a HOST or PORT that another program set for itself.

    Until 0.7.0 OUVIDO_HOST and OUVIDO_PORT were called so. A HOST that is no address is conda's
    (x86_64-conda-linux-gnu) or a shell's; a PORT that is no number is anybody's; Kubernetes gives
    OUVIDO_PORT=tcp://… to the pods beside a service called ouvido. In `.env` all names are ours.
    """
    kept = dict(environment)
    for name in ("HOST", "PORT", "OUVIDO_PORT"):
        text = kept.get(name, "").strip()
        if not text or _is_meant(name, text):
            continue
        del kept[name]
        setting = f"OUVIDO_{name.removeprefix('OUVIDO_')}"
        if name == setting or not kept.get(setting):
            what = "a number" if name.endswith("PORT") else "an address"
            logger.warning(
                "%s=%s in the environment is not %s, so it is another program's and passed over; "
                "%s says where the page listens", name, text, what, setting,
            )  # fmt: skip
    return kept


def _is_meant(name: str, text: str) -> bool:
    if name == "OUVIDO_PORT":
        return not text.startswith("tcp://")
    if name == "PORT":
        return text.isdecimal()
    try:
        ip_address(text)
    except ValueError:
        return text == "localhost"
    return True


def refusal(host: str, port: int, error: OSError | UnicodeError) -> tuple[str, str]:
    """What can't be done and why, and what to do about it; both without a full stop."""
    found = f"Nothing can be served at OUVIDO_HOST {host}, OUVIDO_PORT {port} ({_words(error)})"
    if isinstance(error, OSError) and error.errno in PORT_AT_FAULT:
        return found, "Set another OUVIDO_PORT"
    return found, "Set OUVIDO_HOST to an address of this machine, such as 127.0.0.1"


def _words(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "no name of a machine"
    if error.errno and error.errno > 0:  # asyncio's own words repeat the address
        return os.strerror(error.errno)
    return error.strerror or str(error)  # of a name that is not found
