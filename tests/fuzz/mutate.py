"""Whole input goes in, damaged or hostile input comes out, decided by random numbers alone."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.fuzz import seeds, structure
from tests.fuzz.structure import Piece

LONGEST = 1_500_000  # bytes of a mutated file
NUMBERS = (0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000)
HUGE = (0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 10**6, 10**9)


def file(random: Random) -> bytes:
    """A file of a known format with one to six things wrong."""
    name = random.choice(seeds.COMMON if random.random() < 0.5 else seeds.NAMES)
    data = seeds.seed(name)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 6))):
        mutation = random.choice(STRUCTURAL if random.random() < 0.7 else ANYWHERE)
        data = mutation(data, random)[:LONGEST]
    if data[:4] == b"OggS" and random.random() < 0.9:
        data = structure.seal(data)
    return data


def scattered(data: bytes, random: Random) -> bytes:
    """The same bytes with a few mutations that know no format."""
    for _ in range(random.choice((1, 1, 2, 4))):
        data = random.choice(ANYWHERE)(data, random)[:LONGEST]
    return data


# Mutations that know no format


def _flip(data: bytes, random: Random) -> bytes:
    made = bytearray(data)
    for _ in range(random.choice((1, 2, 8, 64)) if made else 0):
        made[_place(data, random)] ^= 1 << random.randrange(8)
    return bytes(made)


def _number(data: bytes, random: Random) -> bytes:
    return _write(data, _place(data, random), random.choice((1, 2, 3, 4, 8)), random)


def _cut(data: bytes, random: Random) -> bytes:
    return data[: _place(data, random)]


def _begin_late(data: bytes, random: Random) -> bytes:
    return data[min(_place(data, random), 70_000) :]


def _remove(data: bytes, random: Random) -> bytes:
    start = _place(data, random)
    return data[:start] + data[start + random.choice((1, 2, 4, 100, 5_000)) :]


def _insert(data: bytes, random: Random) -> bytes:
    start, count = _place(data, random), random.choice((1, 2, 4, 100, 5_000))
    filling = random.choice((bytes(count), b"\xff" * count, random.randbytes(count), data[:count]))
    return data[:start] + filling + data[start:]


def _repeat(data: bytes, random: Random) -> bytes:
    start = _place(data, random)
    part = data[start : start + random.choice((1, 16, 400, 4_000))]
    return data[:start] + part * random.choice((2, 3, 50)) + data[start:]


def _address(data: bytes, random: Random) -> bytes:
    """Somebody's address or a list that names it: alone, in front, or over what stood there."""
    address = random.choice(seeds.ADDRESSES)
    words = random.choice((*seeds.LISTS, "{}", "url {}\0")).format(address).encode()
    start = _place(data, random)
    return random.choice(
        (words, words + data, data[:start] + words + data[start + len(words) :], data + words)
    )


def _front(data: bytes, random: Random) -> bytes:
    """Junk or a lying ID3 header before the file."""
    size = bytes(random.choice((0, 1, 0x7F, 0xFF)) for _ in range(4))
    junk = random.choice((bytes(417), b"\r\n" * 9, random.randbytes(300), b"ID3\4\0\0" + size))
    return junk + data


ANYWHERE: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _flip, _number, _number, _cut, _begin_late, _remove, _insert, _repeat, _address, _front,
)  # fmt: skip


# Mutations of the pieces of a format


def _lie(data: bytes, random: Random) -> bytes:
    """A piece that tells a wrong length of itself."""
    sized = [piece for piece in structure.pieces(data) if piece.size]
    if not sized:
        return _header(data, random)
    place, width, order = random.choice(sized).size or (0, 4, "big")
    true = int.from_bytes(data[place : place + width], order)
    lie = random.choice((*NUMBERS, *HUGE, true - 1, true + 1, 2 * true, true // 2, len(data)))
    lie = lie % (1 << 8 * width)
    return data[:place] + lie.to_bytes(width, order) + data[place + width :]


def _header(data: bytes, random: Random) -> bytes:
    """Wrong numbers in the header, or in the first bytes behind it, of a piece."""
    piece = _piece(data, random)
    if piece is None:
        return data
    last = min(piece.end, piece.body + random.choice((0, 0, 8, 40)))
    for _ in range(random.choice((1, 1, 2, 4))):
        place = random.randrange(piece.start, max(piece.start + 1, last))
        data = _write(data, place, random.choice((1, 1, 2, 4, 8)), random)
    return data


def _body(data: bytes, random: Random) -> bytes:
    piece = _piece(data, random)
    if piece is None:
        return data
    body = random.choice(ANYWHERE)(data[piece.body : piece.end], random)
    return data[: piece.body] + body + data[piece.end :]


def _drop(data: bytes, random: Random) -> bytes:
    piece = _piece(data, random)
    return data[: piece.start] + data[piece.end :] if piece else data


def _double(data: bytes, random: Random) -> bytes:
    piece = _piece(data, random)
    if piece is None:
        return data
    part = data[piece.start : piece.end]
    times = min(random.choice((1, 2, 10, 300, 10_000)), LONGEST // len(part))
    return data[: piece.end] + part * times + data[piece.end :]


def _swap(data: bytes, random: Random) -> bytes:
    one, other = _piece(data, random), _piece(data, random)
    if one is None or other is None or one.end > other.start:
        return data
    first, second = data[one.start : one.end], data[other.start : other.end]
    between = data[one.end : other.start]
    return data[: one.start] + second + between + first + data[other.end :]


def _transplant(data: bytes, random: Random) -> bytes:
    """A piece of another format in the place of one of this."""
    piece, donor = _piece(data, random), seeds.seed(random.choice(seeds.COMMON))
    graft = _piece(donor, random)
    if piece is None or graft is None:
        return data
    return data[: piece.start] + donor[graft.start : graft.end] + data[piece.end :]


def _nest(data: bytes, random: Random) -> bytes:
    """A piece within its own header, again and again."""
    piece = _piece(data, random)
    if piece is None:
        return data
    header = data[piece.start : piece.body]
    times = min(random.choice((2, 50, 5_000)), LONGEST // max(1, len(header)))
    return data[: piece.start] + header * times + data[piece.start :]


def _chain(data: bytes, random: Random) -> bytes:
    """One file behind another."""
    times = min(random.choice((2, 3, 100)), max(1, LONGEST // max(1, len(data))))
    return data * times if random.random() < 0.5 else data + seeds.seed(random.choice(seeds.COMMON))


STRUCTURAL: tuple[Callable[[bytes, Random], bytes], ...] = (
    _lie, _lie, _lie, _header, _header, _header, _header, _body, _body, _drop, _double, _swap,
    _transplant, _nest, _chain,
)  # fmt: skip


def _piece(data: bytes, random: Random) -> Piece | None:
    """One of the first forty, where headers stand, as often as one of all."""
    found = structure.pieces(data)
    if not found:
        return None
    return random.choice(found[:40] if random.random() < 0.5 else found)


def _place(data: bytes, random: Random) -> int:
    """In the first 600 bytes as often as anywhere."""
    most = min(len(data), 600) if random.random() < 0.5 else len(data)
    return random.randrange(max(1, most)) if data else 0


def _write(data: bytes, place: int, width: int, random: Random) -> bytes:
    value = random.choice((*NUMBERS, *HUGE, random.getrandbits(64))) % (1 << 8 * width)
    order = "little" if random.random() < 0.5 else "big"
    return data[:place] + value.to_bytes(width, order) + data[place + width :]  # type: ignore[arg-type]


# JSON

STRINGS = (
    "", " ", "a" * 5_000, "\0", "\u202e\u200f", "𝕏" * 300, "%s%n{}{0}$a", "../../etc/passwd",
    "\n\r\t", "<b>&amp;</b>", "-1", "1e999", "NaN", "🇧🇷" * 50, "/start", "why:0123456789abcdef",
    "zoom:::", "null",
)  # fmt: skip
INTEGERS = (0, 1, -1, 2**31 - 1, 2**31, 2**52 - 1, -(2**52), 10**9)
ANYTHING: tuple[Any, ...] = (
    None, True, -1, 2**63, 2**64, -(2**70), 1e308, float("inf"), float("nan"), "\ud800", [], {},
    [[]], [None], {"id": None}, *STRINGS,
)  # fmt: skip


def values(content: Any, random: Random, strings: tuple[str, ...] = STRINGS) -> Any:
    """JSON of the same form: texts and numbers become others of their kind, lists other lengths."""
    made = _copy(content)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        holder, key = _spot(made, random)
        match holder[key] if holder else None:
            case bool(value):
                holder[key] = not value
            case int():
                holder[key] = random.choice((*INTEGERS, random.randrange(2**40)))
            case float():
                holder[key] = random.choice((0.0, 1.0, -1.0, 0.5, 1e-9, 1e9))
            case str(text):
                place = random.randrange(len(text) + 1)
                odd = random.choice(strings)
                holder[key] = random.choice((odd, text[:place] + odd + text[place:], text[:place]))
            case list(items) if items:
                holder[key] = items * random.choice((0, 2, 30))
    return made


def forms(content: Any, random: Random) -> Any:
    """JSON of another form: fields missing, of other types, elsewhere, nested deeply."""
    made = _copy(content)
    for _ in range(random.choice((1, 1, 2, 4))):
        holder, key = _spot(made, random)
        if not holder:
            return random.choice(ANYTHING)
        action = random.randrange(5)
        if action == 0 and isinstance(holder, dict):
            del holder[key]
        elif action == 1:
            other, name = _spot(made, random)
            holder[key] = _copy(other[name]) if other else None
        elif action == 2:
            for _ in range(random.choice((1, 50))):
                holder[key] = [holder[key]] if random.random() < 0.5 else {str(key): holder[key]}
        else:
            holder[key] = random.choice(ANYTHING)
    return made


def text(content: Any, random: Random) -> str:
    """JSON as text: of the same form, of another, or damaged as text."""
    changed = random.choice((values, forms, forms))(content, random)
    written = json.dumps(changed)
    if random.random() < 0.3:
        return scattered(written.encode(), random).decode(errors="replace")
    if random.random() < 0.02:
        return random.choice(("[", '{"a":')) * 200_000
    return written


def _copy(content: Any) -> Any:
    return json.loads(json.dumps(content))


def _spot(content: Any, random: Random) -> tuple[Any, Any]:
    """An object or list, and the key or index of something in it; None where there is nothing."""
    spots: list[tuple[Any, Any]] = []
    waiting = [content]
    while waiting:
        holder = waiting.pop()
        keys: Any = holder if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            spots.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return random.choice(spots) if spots else (None, None)
