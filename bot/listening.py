"""An address where nothing can be served becomes a sentence that names the setting to change."""

import errno
import os

PORT_AT_FAULT = (errno.EADDRINUSE, errno.EACCES)  # taken; under 1024 without the right to it


def refusal(host: str, port: int, error: OSError | UnicodeError) -> tuple[str, str]:
    """What can't be done and why, and what to do about it; both without a full stop."""
    found = f"Nothing can be served at HOST {host}, PORT {port} ({_words(error)})"
    if isinstance(error, OSError) and error.errno in PORT_AT_FAULT:
        return found, "Set another PORT"
    return found, "Set HOST to an address of this machine, such as 127.0.0.1"


def _words(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "no name of a machine"
    if error.errno and error.errno > 0:  # asyncio's own words repeat the address
        return os.strerror(error.errno)
    return error.strerror or str(error)  # of a name that is not found
