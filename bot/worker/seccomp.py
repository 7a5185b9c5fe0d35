"""seccomp: from then on the kernel refuses this process and its children some system calls.

Refused is what neither a decoder nor the model ever asks for and what would get a stranger's code
further: sockets, other processes, mounts, changes to files' rights, the kernel's odd corners.
"""

import ctypes
import errno
import os
import platform
import struct

from bot.worker.landlock import no_new_privileges

# Number on x86_64, number on aarch64; the newest ones are the same on both.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # connections; what was passed on before, as the pipes, stays usable
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "perf_event_open": (298, 241),
    # memory and queues that processes share
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # mounts and namespaces
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    # files by another way than their path, and their rights, owners and times
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "fanotify_init": (300, 262),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    # the kernel
    "bpf": (321, 280),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "syslog": (103, 116),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "personality": (135, 92),
    "vhangup": (153, 58),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
}
# Newer calls do not exist in the box, as on a kernel without them; nor do those of x32.
FIRST_UNKNOWN = 449
CLONE, CLONE3 = (56, 220), 435
NAMESPACES = 0x7E02_0000  # flags of `clone`
ARCHITECTURES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}  # column, AUDIT_ARCH_…

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # classic BPF
ALLOW, ERRNO, KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # places in the kernel's seccomp_data
SET_SECCOMP, FILTER = 22, 2  # prctl


class _Program(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def restrict() -> bool:
    """Refuse from now on, for good; False on machines of whose numbers we know none.

    A refused call fails with EPERM, one that is too new with ENOSYS; a programme for another
    processor is killed. Raises OSError where the kernel has no seccomp or may not use it.
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES or struct.calcsize("P") != 8:
        return False
    instructions = program(machine)
    asked = _Program(len(instructions) // 8, instructions)
    no_new_privileges()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(SET_SECCOMP, ctypes.c_ulong(FILTER), ctypes.byref(asked)):
        error = ctypes.get_errno()
        raise OSError(error, f"seccomp: {os.strerror(error)}")
    return True


def program(machine: str) -> bytes:
    """The filter of a machine, eight bytes an instruction."""
    column, architecture = ARCHITECTURES[machine]
    missing, denied = ERRNO | errno.ENOSYS, ERRNO | errno.EPERM
    numbers = [both[column] for both in REFUSED.values()]
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        *_unless(EQUAL, architecture, KILL),
        (LOAD, 0, 0, NUMBER),
        *_when(AT_LEAST, FIRST_UNKNOWN, missing),
        *_when(EQUAL, CLONE3, missing),  # its flags cannot be looked at; libc then takes `clone`
        *(
            step
            for number in numbers
            if number is not None
            for step in _when(EQUAL, number, denied)
        ),
        *_unless(EQUAL, CLONE[column], ALLOW),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        *_when(ANY_BIT, NAMESPACES, denied),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


_Step = tuple[int, int, int, int]  # what is done, steps to jump when true and when not, a number


def _when(test: int, number: int, answer: int) -> list[_Step]:
    return [(test, 0, 1, number), (RETURN, 0, 0, answer)]


def _unless(test: int, number: int, answer: int) -> list[_Step]:
    return [(test, 1, 0, number), (RETURN, 0, 0, answer)]
