"""Does the service on this machine answer? For a container's health check: exit code 0 or 1."""

import os
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bot.settings import SettingError, Settings, read

SECONDS = 4.0  # below the five that Docker waits for us


def main() -> int:
    """Ask `/healthz` where the settings say that the service listens."""
    try:
        status = ask(read(os.environ, Path(os.devnull)))
    except (SettingError, OSError, HTTPException) as error:
        print(f"No answer from /healthz: {error}", file=sys.stderr)
        return 1
    print(f"/healthz answers {status}")
    return 0 if status == 200 else 1


def ask(settings: Settings) -> int:
    """The HTTP status of the service's own opinion of itself."""
    # Every address of this machine, as in a container, includes the loopback one.
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    connection = HTTPConnection(host, settings.port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
