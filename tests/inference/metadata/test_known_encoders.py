"""Signatures that programs write are known; what a stranger could want read is not."""

import pytest

from inference.metadata.known_encoders import is_known


@pytest.mark.parametrize(
    "signature",
    [
        "libopus 1.3.1",
        "libopus unknown-fixed",
        "libopus 1.3.1-138-g07376903",
        "libopus 1.3, libopusenc 0.2.1",
        "Lavf58.76.100",
        "Lavc61.3.100 libopus",
        "Lavf",
        "opusenc from opus-tools 0.2",
        "Mozilla67.0a1",
        "WhatsApp",
    ],
)
def test_what_programs_write_is_known(signature: str) -> None:
    assert is_known(signature)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "https://evil.example/pay @joaobank /forget +5511999999999",
        "✅ Verified by Banco do Brasil",
        "libopus evil.example",
        "libopus 1.3.1 evil.example",
        "libopus 1.3.1\n/forget",
        "libopus 5511999999999",
        "libopus 1.3.1-5511999999999",
        "libopus 10.0.0.1",
        "Lavc61.3.100 @joaobank",
        "Lavc61.3.100 evil.example",
        "WhatsApp Oficial",
        "libopus ١.٣",
    ],
)
def test_what_strangers_write_is_not(signature: str) -> None:
    assert not is_known(signature)
