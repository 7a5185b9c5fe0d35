"""The first bytes of a file go in, the name of the one ffmpeg demuxer for it comes out."""

# Only formats that hold their sound themselves: no playlist, list of files or session description.
MAGIC = {
    b"OggS": "ogg",
    b"fLaC": "flac",
    b"#!AMR": "amr",
    b"\x1a\x45\xdf\xa3": "matroska",  # webm too
    b"caff": "caf",
}
RIFF = {
    b"WAVE": "wav",
    b"AIFF": "aiff",
    b"AIFC": "aiff",
}  # the form, behind the four bytes of a size
BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")  # MP4, M4A, 3GP, MOV begin with one


def sniff(data: bytes) -> str | None:
    """The demuxer for a file that begins like `data`; None when it is no sound or film we know."""
    start = _behind_id3(data)
    head = data[start : start + 12]
    for magic, name in MAGIC.items():
        if head.startswith(magic):
            return name
    if head[:4] in (b"RIFF", b"RF64", b"FORM"):
        return RIFF.get(head[8:12])
    if head[4:8] in BOXES:
        return "mov"
    return _mpeg_audio(head) or ("mp3" if start else None)


def _behind_id3(data: bytes) -> int:
    """Where the sound begins: titles and covers (ID3v2) may stand before MP3, AAC and FLAC."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    # The size has seven bits a byte, so that it never looks like the start of a frame.
    size = sum(
        (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True)
    )
    return 10 + size


def _mpeg_audio(head: bytes) -> str | None:
    """ADTS or MP3, told from the first frame's header: eleven or twelve ones, then sane fields."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:  # twelve ones, layer 0
        return "aac"
    layer, bitrate, rate = head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if head[1] & 0xE0 == 0xE0 and layer and bitrate not in (0, 15) and rate != 3:
        return "mp3"
    return None
