"""Articles put together from their lines: text in reading order, each character with its origin."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.language.imprint import credits_in
from kg.language.text import squeeze
from kg.model import Article, Credit, Page
from kg.split.blanks import idle_blanks
from kg.split.boundaries import Draft
from kg.split.breaks import cuts_word
from kg.split.columns import Block
from kg.split.furniture import Imprint
from kg.split.lead import place_of, reporters
from kg.split.lines import Line, closing_credit, is_byline, is_running

BETWEEN: Final = "　"  # joins the parts of a headline
_TITLE: Final = 40  # characters of a title that is taken from a text without one
_SHORT: Final = 8  # and the least of it
_CLAUSE: Final = re.compile(r"[，,。！？!?；;：:]")
_UNSAFE: Final = re.compile(r"[^0-9A-Za-z㐀-䶿一-鿿]+")


class _Text:
    """Grows a text out of lines of the page and joiners."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self.origin: list[int] = []

    def line(self, line: Line) -> None:
        self._piece(line.start, line.end)

    def sentences(self, line: Line) -> None:
        """Add a line of running text, without the blanks in it that say nothing."""
        start = line.start
        for left, right in idle_blanks(line.text):
            self._piece(start, line.start + left)
            start = line.start + right
        self._piece(start, line.end)

    def _piece(self, start: int, end: int) -> None:
        self._parts.append(self._source[start:end])
        self.origin += range(start, end)

    def join(self, joiner: str) -> None:
        if self._parts:
            self._parts.append(joiner)
            self.origin += [-1] * len(joiner)

    def __str__(self) -> str:
        return "".join(self._parts)


def article(page: Page, draft: Draft) -> Article:
    """Return the article of a draft; ``page`` has its metadata, small print may add to it."""
    page = with_imprint(page, draft.imprint)
    text = _Text(page.text)
    heads = [line for block in draft.head for line in block.lines]
    strays = [line for block in draft.body for line in block.strays]
    own = [line for line in strays if len(heads) == 1 and " " not in line.text]
    before = ""
    for line in heads + own:
        whole = bool(before) and (before[-1] == "，" or cuts_word(before, line.text))
        text.join("" if whole else BETWEEN)
        text.line(line)
        before = line.text
    title = str(text)
    _apart(text, [line for block in draft.head for line in block.strays])
    for block in draft.body:
        text.join("\n")
        _paragraph(text, block)
        _apart(text, [line for line in block.strays if line not in own])
    title = title or _first_clause(str(text))
    byline = dict.fromkeys([*_byline(draft.body), *page.credits])
    return Article(
        id=_id(page, title, str(text)),
        page=page,
        title=title,
        text=str(text),
        dateline=_dateline(draft.body),
        byline=tuple(byline),
        origin=tuple(text.origin),
    )


def with_imprint(page: Page, said: Imprint) -> Page:
    """Return a page with what its furniture says where the source itself says nothing."""
    return replace(
        page,
        outlet=page.outlet or said.outlet,
        date=page.date or said.date,
        number=page.number or said.number,
        section=page.section or said.section,
        credits=tuple(dict.fromkeys([*page.credits, *said.credits])),
    )


def _apart(text: _Text, lines: Iterable[Line]) -> None:
    """Add lines that parted a sentence or a headline, each a whole headline of something else."""
    for line in lines:
        text.join("\n")
        text.line(line)


def _paragraph(text: _Text, block: Block) -> None:
    running = is_running(block.text)
    for number, line in enumerate(block.lines):
        before = block.lines[number - 1].text[-1] if number else ""
        if (
            before.isascii()
            and before.isalnum()
            and line.text[0].isascii()
            and line.text[0].isalpha()
        ):
            text.join(" ")
        text.sentences(line) if running else text.line(line)


def _first_clause(text: str) -> str:
    """Return the beginning of a text without a headline, up to a comma or stop."""
    line = text.split("\n", 1)[0]
    if len(line) <= _TITLE:
        return line
    ends = [match.start() for match in _CLAUSE.finditer(line[: _TITLE + 1])]
    return line[: next((end for end in ends if end >= _SHORT), _TITLE)]


def _dateline(body: list[Block]) -> str:
    """Return the place of the first dateline; a menu may stand before the paragraph that has it."""
    first = [block.text for block in body if is_running(block.text)][:3]
    return next((place for text in first if (place := place_of(text))), "")


def _byline(body: list[Block]) -> list[Credit]:
    """Return the credits of the lead, of lines of their own and of the brackets at the end."""
    found: list[Credit] = []
    for number, block in enumerate(body):
        if is_running(block.text) and not found:
            found += reporters(block.text)
        if credit := closing_credit(block.text):
            last = number >= len(body) - 8 or is_byline(block.text)
            found += credits_in(credit) if last else ()
    return found


def _id(page: Page, title: str, text: str) -> str:
    """Return a readable id that follows from what is said, not from where it lies."""
    digest = hashlib.sha256("\0".join((page.outlet, page.date, title, squeeze(text))).encode())
    name = _UNSAFE.sub("", unicodedata.normalize("NFKC", title))[:16]
    return "-".join(filter(None, (page.date, name, digest.hexdigest()[:8])))
