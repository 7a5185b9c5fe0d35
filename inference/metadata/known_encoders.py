"""Programs that sign the files they write. Anybody can write anything there: of all that stands in
a file, only a signature of one of these may be shown to people.
"""

import re

# No part of it can pass for an address, a name, a command or a telephone number in a chat.
_VERSION = r"v?\d{1,3}(\.\d{1,3}){0,2}"
_BUILD = r"(-\d{1,4}-g[0-9a-f]{6,12})?(-(fixed|dirty|alpha|beta\d?|rc\d?))*"  # git describe
_KNOWN = re.compile(
    "|".join(
        (
            rf"libopus ({_VERSION}|unknown){_BUILD}(, libopusenc {_VERSION}{_BUILD})?",  # Xiph's
            rf"Lav[cf]({_VERSION})?( (lib)?[a-z0-9]{{2,12}})?",  # FFmpeg's; with the codec
            rf"opusenc from opus-tools {_VERSION}{_BUILD}",
            rf"Mozilla{_VERSION}([ab]\d{{1,2}})?",  # Firefox, dom/media/encoder
            "WhatsApp",
        )
    ),
    re.ASCII,
)


def is_known(signature: str) -> bool:
    """Whether it is, letter by letter, what a program that we know writes."""
    return _KNOWN.fullmatch(signature) is not None
