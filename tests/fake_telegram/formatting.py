"""Text with a parse_mode becomes plain text, or the refusal that Telegram would give."""

import html
import re

from tests.fake_telegram.errors import BotApiError, bad_request

HTML_TAGS = {"a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "span"} | {
    "strike",
    "strong",
    "tg-emoji",
    "tg-spoiler",
    "u",
}
MARKS = ("```", "||", "__", "`", "*", "_", "~", "[")  # longest first
RESERVED = set("_*[]()~`>#+-=|{}.!")
TAG = re.compile(
    r"<(/?)([a-zA-Z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*(>?)"
)


def plain(text: str, parse_mode: str) -> str:
    """What people read."""
    match parse_mode.lower():
        case "":
            return text
        case "html":
            return _from_html(text)
        case "markdownv2":
            return _from_markdown(text)
        case "markdown":
            return _from_old_markdown(text)
    raise bad_request("unsupported parse_mode")


def length(text: str) -> int:
    """UTF-16 code units, as Telegram counts: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _cannot_parse(why: str) -> BotApiError:
    return bad_request(f"can't parse entities: {why}")


def _from_html(text: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    position = 0
    for tag in TAG.finditer(text):
        parts.append(html.unescape(text[position : tag.start()]))
        position = tag.end()
        offset = len(text[: tag.start()].encode())
        closing, name = bool(tag[1]), tag[2].lower()
        if not tag[4]:
            raise _cannot_parse(
                f"Unclosed {'end' if closing else 'start'} tag at byte offset {offset}"
            )
        if closing:
            if not opened:
                raise _cannot_parse(f"Unexpected end tag at byte offset {offset}")
            if (expected := opened.pop()) != name:
                raise _cannot_parse(
                    f"Unmatched end tag at byte offset {offset}, "
                    f'expected "</{expected}>", found "</{name}>"'
                )
        elif name not in HTML_TAGS:
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {offset}')
        else:
            opened.append(name)
    if opened:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return "".join(parts) + html.unescape(text[position:])


def _from_markdown(text: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    position = 0
    while position < len(text):
        char, rest = text[position], text[position:]
        mark = next((mark for mark in MARKS if rest.startswith(mark)), None)
        link = re.match(r"\]\([^)\n]*\)", rest)
        code = bool(opened) and opened[-1] in ("`", "```")
        if char == "\\" and len(rest) > 1 and ord(rest[1]) < 127:
            parts.append(rest[1])
            position += 2
        elif opened and mark == opened[-1] and mark != "[":
            opened.pop()
            position += len(mark)
        elif code:
            parts.append(char)
            position += 1
        elif link and opened and opened[-1] == "[":
            opened.pop()
            position += link.end()
        elif mark:
            opened.append(mark)
            position += len(mark)
        elif char in RESERVED and not (char == ">" and (not parts or parts[-1] == "\n")):
            raise _cannot_parse(
                f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            parts.append(char)
            position += 1
    if opened:
        raise _cannot_parse(f"Can't find end of the entity opened with '{opened[-1]}'")
    return "".join(parts)


def _from_old_markdown(text: str) -> str:
    def read(found: re.Match[str]) -> str:
        if found.lastgroup == "open":
            offset = len(text[: found.start()].encode())
            raise _cannot_parse(f"Can't find end of the entity starting at byte offset {offset}")
        return next(part for part in found.groups() if part is not None)

    pattern = (
        r"\\([_*`\[])|```(.*?)```|`([^`]+)`|\*([^*]+)\*|_([^_]+)_|\[([^\]]+)\]\([^)]*\)"
        r"|(?P<open>[_*`\[])"
    )
    return re.sub(pattern, read, text, flags=re.DOTALL)
