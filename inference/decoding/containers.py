"""The first bytes of a file go in; ffmpeg's demuxer for it and the place to begin come out."""

from dataclasses import dataclass

from inference.decoding import mpeg_frames

JUNK = 64 * 1024  # bytes in front of the sound that are searched for its beginning
FILL = b"\0\r\n\t "  # what broken uploads and recorders put in front of a file
LONGEST_BOX_SIZE = 4  # bytes; zeros of an MP4's first size are no filling

# Only formats that hold their sound themselves: no playlist, list of files or session description.
MAGIC = {
    b"OggS": "ogg",
    b"fLaC": "flac",
    b"#!AMR": "amr",
    b"\x1a\x45\xdf\xa3": "matroska",  # webm too
    b"caff": "caf",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11": "asf",  # WMA, WMV
    b"riff\x2e\x91\xcf\x11": "w64",
    b".snd": "au",
    b"FLV\x01": "flv",
    b"wvpk": "wv",
    b"TTA1": "tta",
    b"Creative Voice File\x1a": "voc",
    b"NIST_1A\n": "nistsphere",
    b"\0\0\1\xba": "mpeg",
}
SPEEX = b"Speex   "  # in the first page of an Ogg file
RIFF = {
    b"WAVE": "wav",
    b"AVI ": "avi",
    b"AIFF": "aiff",
    b"AIFC": "aiff",
}  # the form, behind the four bytes of a size
# MP4, M4A, 3GP and QuickTime begin with one of these.
BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
TRANSPORT_PACKETS = (188, 192)  # bytes of an MPEG transport stream's packets, without and with time
TRANSPORT_COUNT = 5  # packets in a row that make one


@dataclass(frozen=True)
class Container:
    """How a file is read."""

    demuxer: str  # ffmpeg's name
    start: int = 0  # bytes of junk in front, which the demuxer does not see
    is_speex: bool = False


def sniff(data: bytes) -> str | None:
    """The demuxer for a file that begins like `data`; None when it is no sound or film we know."""
    found = recognise(data)
    return found.demuxer if found else None


def recognise(data: bytes) -> Container | None:
    """The container of a file, by its first bytes; None when it is no sound or film we know.

    Zeros and line ends in front are passed over, and so is whatever stands before the first frames
    of MPEG sound: a file that was cut out of a stream begins in the middle of a frame.
    """
    behind = _behind_id3(data)
    if name := _begins(data, behind):
        # The demuxer itself knows titles.
        return Container(name, is_speex=name == "ogg" and data[28:36] == SPEEX)
    fill = len(data[:JUNK]) - len(data[:JUNK].lstrip(FILL))
    for start in range(max(0, fill - LONGEST_BOX_SIZE + 1), fill + 1):
        # Behind filling, titles may stand, too.
        if name := _begins(data, start + _behind_id3(data[start : start + 10])):
            return Container(name, start)
    if (packets := _transport_stream(data)) is not None:
        return Container("mpegts", packets)
    if frames := mpeg_frames.find(data[behind : behind + JUNK]):
        return Container(frames.demuxer, behind + frames.start)
    return Container("mp3") if behind else None


def _begins(data: bytes, start: int) -> str | None:
    """What a file is whose sound begins at `start`."""
    head = data[start : start + 32]
    for magic, name in MAGIC.items():
        if head.startswith(magic):
            return name
    if head[:4] in (b"RIFF", b"RF64", b"BW64", b"FORM"):
        return RIFF.get(head[8:12])
    if head[4:8] in BOXES:
        return "mov"
    return mpeg_frames.begins(head)


def _behind_id3(data: bytes) -> int:
    """Where the sound begins: titles and covers (ID3v2) may stand before MP3, AAC and FLAC."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    # The size has seven bits a byte, so that it never looks like the start of a frame.
    size = sum(
        (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True)
    )
    return 10 + size


def _transport_stream(data: bytes) -> int | None:
    """Where the first packet of an MPEG transport stream begins, which may be cut in front."""
    for size in TRANSPORT_PACKETS:
        for start in range(min(size, len(data))):
            marks = data[start : start + size * TRANSPORT_COUNT : size]
            if marks == b"\x47" * TRANSPORT_COUNT:
                return start - 4 if size == 192 and start >= 4 else start
    return None
