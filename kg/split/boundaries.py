"""Which paragraphs make one article: where a page holds several, where one ends and the next begins.

A cut needs evidence, because most files hold one article that may have chapters, captions and
lists of its own. The end of an article is a byline; its start is a headline and a dateline or one of
the words that leads begin with.
"""

import re
from dataclasses import dataclass
from typing import Final

from kg.language.lexicon import lexicon
from kg.split.columns import Block
from kg.split.frame import Frame
from kg.split.lead import dateline
from kg.split.lines import closing_credit, is_headline, is_point, is_running, is_subtitle

ENOUGH: Final = 3  # points of evidence for a cut
_LONGEST_HEAD: Final = 3  # lines of a headline
_DATED: Final = re.compile(r"(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日")


@dataclass(frozen=True)
class Draft:
    """The paragraphs of one article, with those that are its headline."""

    head: list[Block]
    body: list[Block]


def drafts(blocks: list[Block], page: Frame) -> list[Draft]:
    """Return the articles of a page."""
    starts = [0, *_cuts(blocks, page)]
    parts = [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]
    several = len(parts) > 1
    if several and not page.furnished:
        parts = _sound(parts)
    return [_draft(part, furnished=page.furnished or several) for part in parts]


def _cuts(blocks: list[Block], page: Frame) -> list[int]:
    """Return the places where an article begins, the first left out."""
    found = []
    place = 1
    while place < len(blocks):
        body = _body_after(blocks, place, furnished=page.furnished)
        if body and _evidence(blocks, place, body, page) >= ENOUGH:
            found.append(place)
            place = body
        place += 1
    return found


def _body_after(blocks: list[Block], place: int, *, furnished: bool) -> int:
    """Return where the text under a headline at ``place`` begins, or 0 if there is no headline."""
    end = place
    while end < len(blocks) and end - place < _LONGEST_HEAD and _heads(blocks[end].text):
        if end > place and blocks[end].gap and not furnished:
            break
        end += 1
    if end == place or is_subtitle(blocks[place].text):
        return 0
    return end if end < len(blocks) and is_running(blocks[end].text) else 0


def _heads(text: str) -> bool:
    return is_headline(text) or is_subtitle(text)


def _evidence(blocks: list[Block], place: int, body: int, page: Frame) -> int:
    """Return the points for an article that begins with the headline at ``place``."""
    first = blocks[place].text
    lead = blocks[body].text
    points = 2 * bool(closing_credit(blocks[place - 1].text))
    points += 2 * bool(dateline(lead))
    points += _leads(lead)
    points += page.furnished
    if first.startswith(tuple(lexicon().terms("layout.again"))):
        points -= 3
    if is_point(first):
        points += 1 if page.bulletin else -3
    return points


def _leads(text: str) -> bool:
    """Return whether a paragraph begins as a first paragraph does."""
    return text.startswith(tuple(lexicon().terms("layout.lead"))) or bool(_DATED.match(text))


def _sound(parts: list[list[Block]]) -> list[list[Block]]:
    """Return the articles of a page without furniture: each must show its own end or start."""
    if all(_shows(part) for part in parts):
        return parts
    return [[block for part in parts for block in part]]


def _shows(part: list[Block]) -> bool:
    first = next((block.text for block in part if is_running(block.text)), "")
    return bool(dateline(first)) or bool(closing_credit(part[-1].text))


def _draft(part: list[Block], *, furnished: bool) -> Draft:
    """Return one article with its headline: the lines above its text that belong together."""
    end = 0
    while end < len(part) and end < _LONGEST_HEAD and is_headline(part[end].text):
        if end and ((part[end].gap and not furnished) or is_point(part[end].text)):
            break
        end += 1
    rest = part[end:]
    if end > 1 and not furnished and not _parted(rest):
        end = 1  # a chapter title follows at once, or a text that has one clause a line
    return Draft(part[: end or 1], part[end or 1 :]) if end else Draft([], part)


def _parted(rest: list[Block]) -> bool:
    """Return whether the text stands clear of the headline and has no headlines of its own."""
    return bool(rest) and (rest[0].gap or is_subtitle(rest[0].text))
