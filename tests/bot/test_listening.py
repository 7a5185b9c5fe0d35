"""Which setting is to be changed where nothing can be served."""

import errno
import os
import socket

import pytest

from bot.listening import refusal


@pytest.mark.parametrize("number", [errno.EADDRINUSE, errno.EACCES])
def test_a_port_that_is_taken_or_not_allowed(number: int) -> None:
    error = OSError(number, "error while attempting to bind on address ('127.0.0.1', 80)")
    found, advice = refusal("127.0.0.1", 80, error)
    assert (
        found
        == f"Nothing can be served at OUVIDO_HOST 127.0.0.1, OUVIDO_PORT 80 ({os.strerror(number)})"
    )
    assert advice == "Set another OUVIDO_PORT"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EADDRNOTAVAIL, "long"), "(Cannot assign requested address)"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "(Name or service"),
        (OSError("could not bind on any address"), "(could not bind on any address)"),
        (UnicodeError("encoding with 'idna' codec failed"), "(no name of a machine)"),
    ],
)
def test_a_host_that_is_not_this_machine(error: OSError | UnicodeError, words: str) -> None:
    found, advice = refusal("elsewhere", 8080, error)
    assert words in found
    assert advice == "Set OUVIDO_HOST to an address of this machine, such as 127.0.0.1"
