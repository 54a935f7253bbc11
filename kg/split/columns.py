"""Sentences that a column break cut are joined again; a headline that landed in one is taken out."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.split.breaks import OPENERS, cuts_word, is_open, is_tight, opens
from kg.split.lines import (
    Line,
    closing_credit,
    is_caption,
    is_ended,
    is_headline,
    is_long_title,
    is_moment,
    is_point,
    is_running,
    is_subtitle,
)

PUNCTUATED: Final = 0.7  # share of running lines that end in a stop, from which a missing one tells
FRAGMENT: Final = 20  # characters of the longest piece of headline that lands in a sentence
_TAIL: Final = 4  # lines
_WRAP: Final = range(8, 61)  # characters of a line that a program has wrapped
_WRAPPED: Final = 0.55
_LOG: Final = 0.3  # share of lines that begin with a clock, from which they are those of a log


@dataclass(frozen=True)
class Block:
    """A paragraph: the lines that make it up, and pieces of a headline that stood among them."""

    lines: tuple[Line, ...]
    strays: tuple[Line, ...] = ()

    @functools.cached_property
    def text(self) -> str:
        """Return the folded text."""
        return "".join(line.text for line in self.lines)

    @property
    def tail(self) -> str:
        """Return the end of the folded text: long enough to see how it ends."""
        return "".join(line.text for line in self.lines[-_TAIL:])

    @property
    def gap(self) -> bool:
        """Return whether a blank line stands before it."""
        return self.lines[0].gap


def paragraphs(lines: list[Line], *, furnished: bool) -> list[Block]:
    """Return the paragraphs of a page, cut sentences joined."""
    blocks = _unwrapped(lines)
    running = [block.text for block in blocks if is_running(block.text)]
    ended = sum(is_ended(text) or bool(closing_credit(text)) for text in running)
    punctuated = ended >= PUNCTUATED * max(len(running), 1)
    joined: list[Block] = []
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        apart = after is not None and bool(joined) and _parts(joined[-1], block, after)
        loose = punctuated and not _may_be_title(joined)
        if not apart and joined and _continues(joined[-1], block, punctuated=loose):
            joined[-1] = Block((*joined[-1].lines, *block.lines), joined[-1].strays)
        else:
            _add(joined, block, furnished=furnished and punctuated)
    return joined


def _may_be_title(joined: list[Block]) -> bool:
    """Return whether the last line stands where a headline does: first, or below a byline."""
    if not joined or len(joined[-1].lines) > 1 or not is_long_title(joined[-1].text):
        return False
    return len(joined) == 1 or bool(closing_credit(joined[-2].text))


def _parts(before: Block, block: Block, after: Block) -> bool:
    """Return whether a line is a headline that parts a sentence, by how the two halves fit."""
    return (
        _is_fragment(block.text)
        and is_running(after.text)
        and is_open(before.tail)
        and is_tight(before.tail, after.text)
        and not ("，" in block.text and is_tight(before.tail, block.text))
    )


def _add(joined: list[Block], block: Block, *, furnished: bool) -> None:
    """Append a block; if it goes on with a sentence that a headline parts, take that out."""
    strays = _strays(joined, block, furnished=furnished)
    if strays:
        before = joined[-len(strays) - 1]
        pieces = tuple(line for stray in strays for line in stray.lines)
        joined[-len(strays) - 1 :] = [
            Block((*before.lines, *block.lines), (*before.strays, *pieces))
        ]
        return
    joined.append(block)


def _strays(joined: list[Block], block: Block, *, furnished: bool) -> list[Block]:
    """Return the one or two headline lines that part ``block`` from the sentence it continues."""
    for count in (1, 2):
        if len(joined) <= count:
            return []
        between, before = joined[-count:], joined[-count - 1]
        if not all(_is_fragment(piece.text) for piece in between):
            return []
        if is_open(before.tail) and not is_point(block.text) and is_running(block.text):
            likely = furnished and is_running(before.tail) and not opens(block.text)
            if likely or is_tight(before.tail, block.text):
                return between
    return []


def _is_fragment(text: str) -> bool:
    return len(text) <= FRAGMENT and is_headline(text) and not is_point(text)


def _continues(before: Block, block: Block, *, punctuated: bool) -> bool:
    """Return whether ``block`` goes on with the sentence that ``before`` leaves open."""
    first, second = before.tail, block.text
    if not is_open(first) or _stands_alone(second) or _is_titled(before, second):
        return False
    if second[0] in OPENERS:
        return True
    if closing_credit(second) and not is_running(second):
        return False
    if is_headline(second) and not is_ended(second):
        return cuts_word(first, second)
    if is_tight(first, second):
        return True
    return punctuated and is_running(first) and is_running(second) and not opens(second)


def _stands_alone(text: str) -> bool:
    """Return whether a line goes on with nothing: a point of a list, a caption (图为…)."""
    return is_point(text) or text == "（" or is_caption(text)


def _is_titled(before: Block, second: str) -> bool:
    """Return whether a whole second title stands before the text: ——访派出所所长冯海|天一擦黑，…."""
    return is_subtitle(before.text) and is_running(second) and before.tail[-1] not in "，、"


def _unwrapped(lines: list[Line]) -> list[Block]:
    """Return one block a line, or a paragraph where all lines were wrapped at one width."""
    width = _wrap_width(lines)
    if not width:
        return [Block((line,)) for line in lines]
    return list(_rejoined(lines, width))


def _wrap_width(lines: list[Line]) -> int:
    """Return the width at which a program has wrapped the text, or 0."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 8 or sum(is_moment(line.text) for line in lines) > _LOG * len(lines):
        return 0
    width = lengths[-max(1, len(lengths) // 20)]
    near = sum(width - 3 <= length <= width for length in lengths)
    return width if width in _WRAP and near >= _WRAPPED * len(lengths) else 0


def _rejoined(lines: list[Line], width: int) -> Iterator[Block]:
    held: list[Line] = []
    for line in lines:
        full = held and len(held[-1].text) >= width - 3
        if held and (not full or line.gap or line.indent or _breaks_off(held[-1], line, width)):
            yield Block(tuple(held))
            held = []
        held.append(line)
    if held:
        yield Block(tuple(held))


def _breaks_off(last: Line, line: Line, width: int) -> bool:
    """Return whether a short line is no end of a paragraph: a headline between two columns."""
    if len(line.text) >= width - 3 or is_ended(line.text) or not is_headline(line.text):
        return False
    return is_ended(last.text) or not cuts_word(last.text, line.text)
