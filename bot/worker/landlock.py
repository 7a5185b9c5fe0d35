"""Landlock: from then on the kernel opens only listed files for this thread and its children.

The numbers are those of linux/landlock.h, the same on all machines.
"""

import ctypes
import os
from collections.abc import Iterable
from enum import IntFlag
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls
ASK_VERSION = 1
PATH_BENEATH = 1
NO_NEW_PRIVILEGES = 38  # prctl


class Access(IntFlag):
    """What may be done with a file, or with all in a folder."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_FOLDER = 1 << 3


OF_FILES = Access.EXECUTE | Access.WRITE_FILE | Access.READ_FILE  # all others are of folders
# By the version that brought them: all rights to files and folders that can be withheld …
FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
NETWORK = {4: 0b11}  # … to bind and connect TCP …
SCOPES = {6: 0b11}  # … to reach abstract Unix sockets of others, and to send them signals


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("descriptor", ctypes.c_int32))


_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def version() -> int:
    """The version of Landlock's interface in this kernel; 0 where it has none or it is off."""
    found = _libc.syscall(
        ctypes.c_long(CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION)
    )
    return max(0, int(found))


def restrict(allowed: Iterable[tuple[Path, Access]]) -> int:
    """Withhold all but what is allowed, for good; return `version()`, 0 where nothing was withheld.

    Of a folder, all beneath it is allowed; paths that do not exist are passed over. No TCP, no
    signals to other processes, where this version knows them. Raises OSError.
    """
    there = version()
    if not there:
        return 0
    asked = _Ruleset(_known(FILES, there), _known(NETWORK, there), _known(SCOPES, there))
    ruleset = _call(CREATE_RULESET, ctypes.byref(asked), ctypes.c_size_t(ctypes.sizeof(asked)), 0)
    try:
        for path, access in allowed:
            _allow(ruleset, path, access)
        no_new_privileges()
        _call(RESTRICT_SELF, ctypes.c_int(ruleset), 0)
    finally:
        os.close(ruleset)
    return there


def no_new_privileges() -> None:
    """No programme that is started gets rights that this process has not; raises OSError."""
    if _libc.prctl(NO_NEW_PRIVILEGES, ctypes.c_ulong(1), *3 * [ctypes.c_ulong(0)]):
        raise OSError(ctypes.get_errno(), "prctl: no_new_privs")


def _allow(ruleset: int, path: Path, access: Access) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # it is not there, or may not be read as it is
    try:
        rule = _Rule(access if path.is_dir() else access & OF_FILES, descriptor)
        _call(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)


def _known(rights: dict[int, int], there: int) -> int:
    """The newest of `rights` that a version has."""
    return max((bits for since, bits in rights.items() if since <= there), default=0)


def _call(number: int, *arguments: object) -> int:
    given = [ctypes.c_uint32(one) if isinstance(one, int) else one for one in arguments]
    result = int(_libc.syscall(ctypes.c_long(number), *given))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"Landlock, system call {number}: {os.strerror(error)}")
    return result
