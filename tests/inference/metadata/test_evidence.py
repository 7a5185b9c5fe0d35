"""The file is taken at its word where its recorder's source says what it writes, and no further."""

import json
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.metadata import tracks
from inference.metadata.evidence import (
    LONGEST_TEXT,
    Evidence,
    Recorder,
    as_json,
    from_fields,
    gather,
)
from tests import sounds

SILK_60 = bytes([11 << 3]) + b"voice"  # one frame of 60 ms
THREE_OF_20 = bytes([9 << 3 | 3, 3]) + b"voice"  # three frames of 20 ms in a packet
CELT_20 = bytes([31 << 3]) + b"voice"


def page(packet: bytes, granule: int, kind: int = 0, serial: int = 7) -> bytes:
    """One packet on a page of its own; nobody checks the sum."""
    laces = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = struct.pack("<4sBBqIII", b"OggS", 0, kind, granule, serial, 0, 0)
    return head + bytes([len(laces)]) + laces + packet


def tags(vendor: bytes, *comments: bytes, padding: int = 0) -> bytes:
    texts = [struct.pack("<I", len(text)) + text for text in (vendor, *comments)]
    return (
        b"OpusTags"
        + texts[0]
        + struct.pack("<I", len(comments))
        + b"".join(texts[1:])
        + bytes(padding)
    )


def note(
    vendor: bytes,
    *comments: bytes,
    rate: int = 16_000,
    packet: bytes = SILK_60,
    channels: int = 1,
    padded: bool = False,
) -> bytes:
    """An Ogg/Opus file of 50 packets."""
    comment = tags(vendor, *comments)
    if padded:  # as the clients of Telegram do it
        comment += bytes((len(comment) + 512 + 255) // 255 * 255 - 1 - len(comment))
    head = struct.pack("<8sBBHIhB", b"OpusHead", 1, channels, 312, rate, 0, 0)
    sound = b"".join(page(packet, 312 + 960 * number) for number in range(1, 51))
    return page(head, 0, kind=2) + page(comment, 0) + sound


@pytest.mark.parametrize(
    ("rate", "packet"), [(16_000, SILK_60), (16_000, THREE_OF_20), (48_000, CELT_20)]
)
def test_a_note_as_telegrams_clients_write_it_is_recognised(rate: int, packet: bytes) -> None:
    evidence = gather(note(b"libopus 1.3.1", rate=rate, packet=packet, padded=True))
    assert evidence.recorder is Recorder.TELEGRAM
    assert (evidence.container, evidence.codec, evidence.channels) == ("ogg", "opus", 1)
    assert (evidence.input_rate, evidence.pre_skip) == (rate, 312)
    assert evidence.frame_ms == (20.0 if rate == 48_000 else 60.0)
    assert (evidence.vendor, evidence.encoder) == ("libopus 1.3.1", None)
    assert evidence.seconds == 1.0


@pytest.mark.parametrize(
    "other",
    [
        note(b"libopus 1.3.1"),  # nothing behind the comments
        note(b"libopus 1.3.1, libopusenc 0.2.1", padded=True),
        note(b"libopus 1.3.1", b"title=Hello", padded=True),
        note(b"libopus 1.3.1", packet=CELT_20, padded=True),  # 20 ms at 16 kHz
        note(b"libopus 1.3.1", channels=2, padded=True),
        note(b"Lavf60.3.100", b"encoder=Lavf60.3.100", rate=48_000, packet=CELT_20),
        note(b"RecorderJS", rate=48_000, packet=CELT_20),
        note(b"WhatsApp"),  # what bots write for WhatsApp to play it
        note(b"WhatsApp", rate=48_000, packet=THREE_OF_20),
        note(b"Whatsapp", packet=THREE_OF_20),
    ],
)
def test_in_doubt_nobody_is_named(other: bytes) -> None:
    assert gather(other).recorder is Recorder.UNKNOWN


def test_whatsapps_notes_have_its_name_and_three_frames_a_packet() -> None:
    evidence = gather(note(b"WhatsApp", packet=THREE_OF_20))
    assert evidence.recorder is Recorder.WHATSAPP
    assert evidence.frame_ms == 60.0


def test_what_ffmpeg_or_opusenc_wrote_was_converted() -> None:
    evidence = gather(sounds.encode(sounds.speech(5.0), "ogg"))
    assert evidence.recorder is Recorder.REENCODED
    assert evidence.encoder is not None
    assert evidence.encoder.endswith("libopus")
    assert evidence.seconds == pytest.approx(5.0, abs=0.01)
    assert evidence.kbit_per_second == pytest.approx(24, rel=0.2)
    opusenc = note(b"libopus 1.3, libopusenc 0.2", b"ENCODER=opusenc from opus-tools 0.2")
    assert gather(opusenc).recorder is Recorder.REENCODED


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("mp3", "mp3"),
        ("m4a", "aac"),
        ("mp4", "aac"),
        ("3gp", "amr"),
        ("webm", "opus"),
        ("mka", "vorbis"),
        ("wav", "pcm"),
        ("flac", "flac"),
        ("amr", "amr"),
        ("aac", "aac"),
    ],
)
def test_other_containers_tell_their_codec(container: str, codec: str) -> None:
    evidence = gather(sounds.encode(sounds.speech(3.0), container))
    assert evidence.codec == codec
    assert evidence.recorder in (Recorder.UNKNOWN, Recorder.REENCODED)
    if evidence.seconds is not None:
        assert evidence.seconds == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("container", ["m4a", "mp4", "3gp", "wav", "flac"])
def test_those_that_say_it_tell_their_length_and_rate(container: str) -> None:
    data = sounds.encode(sounds.speech(3.0), container)
    evidence = gather(data)
    assert evidence.seconds == pytest.approx(3.0, abs=0.1)
    assert evidence.kbit_per_second == pytest.approx(len(data) * 8 / 3000, rel=0.05)


def test_ffmpegs_mark_accuses_in_an_mp3_and_not_in_a_film() -> None:
    assert gather(sounds.encode(sounds.speech(2.0), "mp3")).recorder is Recorder.REENCODED
    assert gather(sounds.encode(sounds.speech(2.0), "mp4")).recorder is Recorder.UNKNOWN


def test_a_name_out_of_the_file_is_one_short_printable_line() -> None:
    vendor = gather(note(b"\x1b[2J<b>evil\n\xff" + "\u202e".encode() + b"A" * 500)).vendor
    assert vendor is not None
    assert vendor.isprintable()
    assert len(vendor) <= LONGEST_TEXT


def test_a_length_that_cannot_be_is_not_repeated() -> None:
    endless = note(b"WhatsApp") + page(SILK_60, 2**62)
    assert gather(endless).seconds is None
    assert gather(endless).kbit_per_second is None


def test_evidence_survives_a_pipe_and_another_version() -> None:
    evidence = gather(note(b"WhatsApp", packet=THREE_OF_20))
    assert from_fields(json.loads(json.dumps(as_json(evidence)))) == evidence
    assert from_fields({}) == Evidence()
    later = {**as_json(evidence), "recorder": "carrier pigeon", "weather": "fine"}
    assert from_fields(later) == replace(evidence, recorder=Recorder.UNKNOWN)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert gather(data).recorder is Recorder.UNKNOWN


@given(st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=20))
def test_no_damage_to_a_note_makes_it_fail(tail: bytes, place: int, damage: bytes) -> None:
    whole = note(b"libopus 1.3.1", b"encoder=x")
    json.dumps(as_json(gather(whole[:place] + damage + whole[place + len(damage) :])))
    json.dumps(as_json(gather(whole[:place] + tail)))


@given(st.sampled_from(["mov", "matroska", "wav", "flac", "mp3"]), st.binary(max_size=200))
def test_no_damage_to_another_container_makes_it_fail(container: str, data: bytes) -> None:
    for name in (b"mvhd", b"stsd", b"fmt ", b"data", b"fLaC", b"A_OPUS", b""):
        wave = b"RIFF....WAVE" + name + data
        length = tracks.seconds(wave, container, len(wave))
        assert length is None or length >= 0
        tracks.codec(data + name + data, container)


def test_a_piece_of_a_live_stream_is_as_long_as_what_is_in_it() -> None:
    began = 5 * 3600 * 48_000  # samples that the stream had sent before
    head = struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, 312, 48_000, 0, 0)
    sound = b"".join(page(CELT_20, began + 312 + 960 * number) for number in range(1, 51))
    data = page(head, 0, kind=2) + page(tags(b"stream"), 0) + sound
    evidence = gather(data)
    assert evidence.seconds == pytest.approx(1.0, abs=0.05)
    assert evidence.kbit_per_second == pytest.approx(len(data) * 8 / 1000, rel=0.1)


def test_what_was_decoded_counts_more_than_what_the_file_says() -> None:
    data = note(b"libopus 1.3.1", padded=True)
    evidence = gather(data, decoded=2.0)
    assert evidence.seconds == 2.0
    assert evidence.kbit_per_second == len(data) * 8 / 2000
    assert evidence.recorder is Recorder.TELEGRAM
