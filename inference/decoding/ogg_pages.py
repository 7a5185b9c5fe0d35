"""An Ogg file that breaks off inside its last page goes in; one with that page shortened comes out.

Decoders drop a page that is not whole, which may hold five seconds of whole packets. RFC 3533.
"""

LONGEST_PAGE = 27 + 255 + 255 * 255  # bytes
FLAGS, GRANULE, CHECKSUM, COUNT, TABLE = 5, 6, 22, 26, 27  # places in a page's header
LAST = 4  # the flag of a stream's last page, whose granule says where its sound ends
POLYNOMIAL = 0x04C11DB7


def mend(data: bytes) -> bytes:
    """The same file, unless its last page is cut: then up to the last packet that is whole."""
    start = data.rfind(b"OggS", max(0, len(data) - LONGEST_PAGE))
    if start < 0:
        return data
    page = data[start:]
    if len(page) < TABLE or len(page) < TABLE + page[COUNT]:
        return data[:start]
    table = page[TABLE : TABLE + page[COUNT]]
    body = page[TABLE + len(table) :]
    if len(body) >= sum(table):
        return data
    return data[:start] + _shortened(page[:TABLE], table, body)


def _shortened(header: bytes, table: bytes, body: bytes) -> bytes:
    """The page with those of its packets that end in `body`; nothing where none does."""
    end = packets = size = 0
    for count, lace in enumerate(table, start=1):
        end += lace
        if end > len(body):
            break
        if lace < 255:  # the end of a packet
            packets, size = count, end
    if not packets:
        return b""
    made = bytearray(header)
    made[FLAGS] &= ~LAST  # the granule is that of sound which is not there
    made[COUNT] = packets
    made[CHECKSUM : CHECKSUM + 4] = bytes(4)
    made += table[:packets] + body[:size]
    made[CHECKSUM : CHECKSUM + 4] = _checksum(made).to_bytes(4, "little")
    return bytes(made)


def _checksum(page: bytearray) -> int:
    """A CRC of 32 bits as Ogg has it: neither reflected nor inverted, as zlib's is."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value
