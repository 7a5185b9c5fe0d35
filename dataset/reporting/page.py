"""Sections of words, tables and plots become a page, as HTML in one file and as Markdown."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).with_name("card.html")


@dataclass(frozen=True)
class Plot:
    """A picture and what it shows, for those who do not see it and for those who do."""

    caption: str
    svg: str


@dataclass(frozen=True)
class Section:
    title: str
    words: str = ""
    head: tuple[str, ...] = ()
    rows: Sequence[Sequence[str]] = ()
    plots: Sequence[Plot] = ()


def as_html(title: str, sections: Sequence[Section]) -> str:
    """A whole page that needs nothing beside it."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html.escape(title), sections="\n".join(map(_html, sections))
    )


def as_markdown(title: str, sections: Sequence[Section]) -> str:
    """The same page as Markdown, without the plots."""
    return f"# {_plain(title)}\n\n" + "\n\n".join(map(_markdown, sections)) + "\n"


def _html(section: Section) -> str:
    plots = "".join(map(_figure, section.plots))
    words = f"<p>{html.escape(section.words)}</p>" if section.words else ""
    heading = html.escape(section.title)
    table = _table(section) if section.rows else ""
    return f"<section>\n<h2>{heading}</h2>\n{words}\n{table}\n{plots}\n</section>"


def _figure(plot: Plot) -> str:
    caption = html.escape(plot.caption)
    svg = plot.svg.replace("<svg", f'<svg role="img" aria-label="{caption}"', 1)
    return f"<figure>{svg}<figcaption>{caption}</figcaption></figure>"


def _table(section: Section) -> str:
    number = [_is_number(cell) for cell in section.rows[0]]
    head = "".join(
        f'<th scope="col"{_class(is_number)}>{html.escape(cell)}</th>'
        for cell, is_number in zip(section.head, number, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_class(is_number)}>{html.escape(cell)}</td>"
            for cell, is_number in zip(row, number, strict=True)
        )
        + "</tr>\n"
        for row in section.rows
    )
    label = html.escape(section.title)
    scrolls = f'<div class="wide" tabindex="0" role="region" aria-label="{label}">'
    return f"{scrolls}<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>"


def _class(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell == "–"


def _markdown(section: Section) -> str:
    lines = [f"## {_plain(section.title)}"]
    if section.words:
        lines += ["", _plain(section.words)]
    if section.rows:
        rows = [section.head, ["---"] * len(section.head), *section.rows]
        lines += ["", *("| " + " | ".join(map(_plain, row)) + " |" for row in rows)]
    return "\n".join(lines)


def _plain(words: str) -> str:
    """Names of files and corpora may hold anything; none may end a cell or begin a tag."""
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")
