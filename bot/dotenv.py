"""The `.env` file becomes names and values; where it is wrong, a ValueError says what to mend."""

import re
from pathlib import Path


def read(path: Path) -> dict[str, str]:
    """`NAME=value` lines; `#` begins a comment, quotes around a value are dropped."""
    texts: dict[str, str] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = re.fullmatch(r"\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*", line)
        if match is None:
            raise ValueError(f"Line {number} of {path} must look like NAME=value.")
        quoted = re.fullmatch(r"""(['"])(.*?)\1(\s+#.*)?""", match[2])
        texts[match[1]] = quoted[2] if quoted else re.sub(r"(^|\s+)#.*", "", match[2])
    return texts


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} must be a text file in UTF-8 that we may read: {error}.") from (
            error
        )
