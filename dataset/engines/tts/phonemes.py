"""Text becomes the phonemes that Kokoro knows, by the program espeak-ng, clause by clause."""

import re
import shutil
import subprocess

from dataset.engines.engine import NotReady, Refused

# Kokoro's languages that espeak-ng reads for it, and espeak-ng's names of them. Japanese and
# Chinese, which Kokoro speaks too, have other letters than espeak-ng gives.
VOICES = {
    "pt": "pt-br",
    "en": "en-us",
    "en-gb": "en-gb",
    "es": "es",
    "fr": "fr-fr",
    "it": "it",
    "hi": "hi",
}
# Two sounds in one, which espeak-ng ties with ^; from misaki, Kokoro's own reader.
TIED = {
    "a^ɪ": "I",
    "a^ʊ": "W",
    "d^z": "ʣ",
    "d^ʒ": "ʤ",
    "e^ɪ": "A",
    "o^ʊ": "O",
    "ə^ʊ": "Q",
    "s^s": "S",
    "t^s": "ʦ",
    "t^ʃ": "ʧ",
    "ɔ^ɪ": "Y",
}
CLAUSE = re.compile(r"(.+?)(?:([,.!?;:…—])[,.!?;:…—]*(?=\s|$)|$)", re.DOTALL)
FOREIGN = re.compile(r"\([a-z-]+\)")  # "(en)" before a word that espeak-ng takes for English


def check() -> None:
    if not shutil.which("espeak-ng"):
        raise NotReady("needs the program espeak-ng (Debian: apt-get install espeak-ng)")


def spoken_as(language: str) -> str:
    """The BCP 47 tag of what Kokoro speaks when asked for a language: "pt" is Brazilian."""
    return {"pt": "pt-BR", "en": "en-US", "en-gb": "en-GB"}.get(_known(language), _known(language))


def clauses(text: str, language: str) -> list[str]:
    """The phonemes of each clause, with the punctuation that ends it."""
    found = []
    for match in CLAUSE.finditer(text):
        phonemes = _phonemes(match[1].strip(), VOICES[_known(language)])
        if phonemes:
            found.append(phonemes + (match[2] or ""))
    return found


def _known(language: str) -> str:
    tag = language.lower()
    for known in (tag, tag.partition("-")[0]):
        if known in VOICES:
            return known
    raise Refused(f"Kokoro with espeak-ng doesn't speak {language or 'an unknown language'}")


def _phonemes(clause: str, voice: str) -> str:
    # Through stdin, so that a text beginning with "-" is no option.
    call = ["espeak-ng", "-q", "-b", "1", "-v", voice, "--ipa", "--tie=^", "--stdin"]
    done = subprocess.run(call, input=clause.encode(), capture_output=True, check=False, timeout=30)
    if done.returncode:
        raise Refused(f"espeak-ng can't read it: {done.stderr.decode(errors='replace').strip()}")
    phonemes = " ".join(done.stdout.decode().split())
    for tied, symbol in TIED.items():
        phonemes = phonemes.replace(tied, symbol)
    return FOREIGN.sub("", phonemes.replace("^", "")).replace("-", "")  # it ties "(e^n)", too
