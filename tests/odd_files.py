"""Files as phones, browsers, film makers and broken programs write them, made of one sound."""

import re
from collections.abc import Callable

import numpy as np

from tests import sounds
from tests.sounds import RATE, Sound

FILM = "-f lavfi -i testsrc=size=64x64:rate=10"

# Ending of the file: what follows the input on ffmpeg's command line.
PLAIN = {
    "wma": "-c:a wmav2",
    "wma of 1999": "-c:a wmav1 -f asf",
    "wma with silence's codec, ac3": "-c:a ac3 -f asf",
    "avi": "-c:a pcm_s16le",
    "avi with mp3": "-c:a libmp3lame -f avi",
    "spx": "-c:a libspeex -ar 16000 -ac 1",
    "spx of 8 kHz": "-c:a libspeex -ar 8000 -ac 1 -f spx",
    "ac3": "-c:a ac3",
    "eac3": "-c:a eac3",
    "mka": "-c:a libvorbis",
    "mka with flac": "-c:a flac -f matroska",
    "mka with wavpack": "-c:a wavpack -f matroska",
    "awb": "-c:a libvo_amrwbenc -ar 16000 -ac 1 -f amr",
    "3ga": "-c:a libopencore_amrnb -ar 8000 -ac 1 -f 3gp",
    "3gp with amr-wb": "-c:a libvo_amrwbenc -ar 16000 -ac 1 -f 3gp",
    "3g2": "-c:a aac -f 3g2",
    "qta": "-c:a alac -f mov",
    "qta with pcm": "-c:a pcm_s16be -f mov",
    "qta with ima": "-c:a adpcm_ima_qt -f mov",
    "qta with mulaw": "-c:a pcm_mulaw -ar 8000 -f mov",
    "m4r": "-c:a aac -f ipod",
    "m4b": "-c:a alac -f ipod",
    "mp4 with its index in front": "-c:a aac -movflags +faststart -f mp4",
    "mp4 in fragments": "-c:a aac -movflags frag_keyframe+empty_moov -frag_duration 500000 -f mp4",
    "mp4 with opus": "-c:a libopus -f mp4",
    "mp4 with ac3": "-c:a ac3 -f mp4",
    "mp4 with mp3": "-c:a libmp3lame -f mp4",
    "caf": "-c:a pcm_s16be",
    "caf with ima": "-c:a adpcm_ima_qt -f caf",
    "caf with opus": "-c:a libopus -f caf",
    "aifc": "-c:a pcm_s16le -f aiff",
    "aiff of 24 bits": "-c:a pcm_s24be -f aiff",
    "au": "-c:a pcm_s16be",
    "au with mulaw": "-c:a pcm_mulaw -ar 8000 -f au",
    "au with g722": "-c:a g722 -ar 16000 -f au",
    "w64": "-c:a pcm_s16le",
    "flac of 24 bits": "-c:a flac -sample_fmt s32 -f flac",
    "oga with flac": "-c:a flac -f ogg",
    "oga with vorbis": "-c:a libvorbis -f ogg",
    "opus in packets of 60 ms": "-c:a libopus -frame_duration 60 -f ogg",
    "webm with vorbis": "-c:a libvorbis -f webm",
    "webm of a live stream": "-c:a libopus -live 1 -f webm",
    "flv": "-c:a aac",
    "flv with mp3": "-c:a libmp3lame -ar 44100 -f flv",
    "flv with nellymoser": "-c:a nellymoser -ar 16000 -ac 1 -f flv",
    "ts": "-c:a aac -f mpegts",
    "m2ts": "-c:a ac3 -f mpegts -mpegts_m2ts_mode 1",
    "mpg": "-c:a mp2 -f mpeg",
    "mp2": "-c:a mp2",
    "mp3 of 8 kHz": "-c:a libmp3lame -ar 8000 -f mp3",
    "mp3 of changing rate": "-c:a libmp3lame -q:a 4 -f mp3",
    "wv": "-c:a wavpack",
    "tta": "-c:a tta",
    "voc": "-c:a pcm_s16le",
    "wav of 8 bits": "-c:a pcm_u8 -f wav",
    "wav of 24 bits": "-c:a pcm_s24le -f wav",
    "wav of floats": "-c:a pcm_f32le -f wav",
    "wav of doubles": "-c:a pcm_f64le -f wav",
    "wav of 192 kHz": "-c:a pcm_s16le -ar 192000 -f wav",
    "wav of 8 kHz": "-c:a pcm_s16le -ar 8000 -f wav",
    "wav with mulaw": "-c:a pcm_mulaw -ar 8000 -f wav",
    "wav with alaw": "-c:a pcm_alaw -ar 8000 -f wav",
    "wav with adpcm of Microsoft": "-c:a adpcm_ms -f wav",
    "wav with ima": "-c:a adpcm_ima_wav -f wav",
    "wav with adpcm of Yamaha": "-c:a adpcm_yamaha -f wav",
    "wav with g726": "-c:a g726 -ar 8000 -ac 1 -f wav",
    "wav with g723.1": "-c:a g723_1 -b:a 6300 -ar 8000 -ac 1 -f wav",
    "mka with dts": "-c:a dca -strict -2 -f matroska",
    "wav with mp3": "-c:a libmp3lame -f wav",
    "wav with ac3": "-c:a ac3 -f wav",
    "wav of more than 4 GB": "-c:a pcm_s16le -rf64 always -f wav",
    "wav of a pipe": "-c:a pcm_s16le -f wav -fflags +bitexact",
    "wav of three channels": "-c:a pcm_s16le -ac 3 -f wav",
    "wav of 5.1": "-c:a pcm_s16le -ac 6 -f wav",
    "ac3 of 5.1": "-c:a ac3 -ac 6 -f ac3",
    "ogg of 7.1": "-c:a libopus -ac 8 -mapping_family 1 -f ogg",
}
FILMS = {
    "avi": "-c:v mpeg4 -c:a libmp3lame -shortest -f avi",
    "wmv": "-c:v wmv2 -c:a wmav2 -shortest -f asf",
    "mkv": "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a libopus -shortest -f matroska",
    "mpg": "-c:v mpeg1video -r 25 -c:a mp2 -shortest -f mpeg",
    "ts": "-c:v mpeg2video -r 25 -c:a aac -shortest -f mpegts",
    "mov": "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a alac -shortest -f mov",
}

# What stands in front of the sound, where it does not belong.
JUNK = {
    "zeros": bytes(417),
    "a line end": b"\r\n",
    "many line ends": b"\r\n" * 40,
}
BARE = ("mp3", "aac", "ac3", "ogg", "wav", "flac", "m4a", "webm", "amr", "caf", "wma")
FRAMES = ("mp3", "aac", "ac3", "eac3", "mp2", "ts")  # formats that may be cut anywhere in front

File = Callable[[Sound], bytes]


def plain(name: str, sound: Sound) -> bytes:
    """The sound in a file of `PLAIN`, or of `sounds.CODECS`."""
    if name not in PLAIN:
        return sounds.encode(sound, name)
    return _made(f"-ar 48000 {PLAIN[name]}", name, sound)


def film(name: str, sound: Sound) -> bytes:
    """The sound in a film of `FILMS`."""
    return _made(f"{FILM} -map 0:a -map 1:v -ar 48000 {FILMS[name]}", name, sound)


def cut_in_a_frame(name: str, sound: Sound) -> bytes:
    """What is left of a stream that somebody began to keep in the middle of a frame."""
    return plain(name, sound)[1001:]


def unfinished_wav(sound: Sound) -> bytes:
    """A WAV whose sizes nobody wrote, because its program did not know when it would end."""
    data = bytearray(plain("wav", sound))
    data[4:8] = b"\xff\xff\xff\xff"
    place = data.index(b"data") + 4
    data[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


def nist(sound: Sound) -> bytes:
    """A file of the speech laboratories; ffmpeg reads it and writes none."""
    pcm = (np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes()
    head = (
        f"NIST_1A\n   1024\nsample_count -i {len(sound)}\nsample_rate -i {RATE}\n"
        "channel_count -i 1\nsample_n_bytes -i 2\nsample_byte_format -s2 01\n"
        "sample_sig_bits -i 16\nsample_coding -s3 pcm\nend_head\n"
    )
    return head.encode().ljust(1024) + pcm


def ogg_pages(data: bytes) -> list[bytes]:
    starts = [found.start() for found in re.finditer(b"OggS", data)]
    return [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]


def cut_ogg(sound: Sound, page_ms: int, share: float) -> bytes:
    """A voice note of which `share` of the last page's bytes are there, 0..1."""
    options = f"-c:a libopus -b:a 24k -page_duration {page_ms * 1000} -f ogg"
    *pages, last = ogg_pages(_made(options, "ogg", sound))
    return b"".join(pages) + last[: round(len(last) * share)]


def late_ogg(sound: Sound) -> bytes:
    """A piece of a live stream: its clock does not begin at 0."""
    return _made("-c:a libopus -b:a 24k -output_ts_offset 5000 -f ogg", "ogg", sound)


def two_channels(left: Sound, right: Sound, options: str, name: str) -> bytes:
    both = np.stack([left, right], axis=1).astype("<f4").tobytes()
    return sounds.ffmpeg(f"-f f32le -ar {RATE} -ac 2 -i pipe:0 {options}", _ending(name), both)


def tracks(files: list[Sound], default: int, options: str, name: str) -> bytes:
    """Several sound tracks in one file; `default` is the number of the one to be played."""
    length = min(map(len, files))
    channels = np.stack([file[:length] for file in files], axis=1).astype("<f4").tobytes()
    count = len(files)
    parts = "".join(f"[0:a]pan=mono|c0=c{n}[t{n}];" for n in range(count)).rstrip(";")
    maps = " ".join(f"-map [t{n}]" for n in range(count))
    flags = " ".join(
        f"-disposition:a:{n} {'default' if n == default else '0'}" for n in range(count)
    )
    return sounds.ffmpeg(
        f"-f f32le -ar {RATE} -ac {count} -i pipe:0 -filter_complex {parts} {maps} {options} "
        f"{flags}",
        _ending(name),
        channels,
    )


def _made(options: str, name: str, sound: Sound) -> bytes:
    if FILM in options:
        inputs, _, rest = options.partition(" -map ")
        command = f"-f f32le -ar {RATE} -ac 1 -i pipe:0 {inputs} -map {rest}"
    else:
        command = f"-f f32le -ar {RATE} -ac 1 -i pipe:0 {options}"
    return sounds.ffmpeg(command, _ending(name), np.asarray(sound, "<f4").tobytes())


def _ending(name: str) -> str:
    return name.partition(" ")[0]
