"""Where the furniture of a page ends and its articles begin, at the top and at the bottom."""

from dataclasses import dataclass, field
from typing import Final

from kg.language.text import squeeze
from kg.split.furniture import Furniture, Imprint, furniture, is_bulletin, opens_tail
from kg.split.lines import Line, closing_credit, is_headline, is_point, is_running, is_subtitle

TOP: Final = 16  # lines in which a page's own furniture is looked for
_SECTION: Final = 8
# kinds that only a page of a newspaper or bulletin has above its first headline
_OF_A_PAGE: Final = frozenset({"number", "outlet", "section", "credit", "issue", "date"})


@dataclass
class Frame:
    """The lines between the furniture, and what the furniture says."""

    lines: list[Line]
    imprint: Imprint = field(default_factory=Imprint)
    said: list[Line] = field(default_factory=list)  # furniture that became metadata
    dropped: list[Line] = field(default_factory=list)  # furniture that says nothing
    furnished: bool = False  # a page of a newspaper: several articles are likely
    bulletin: bool = False


def frame(lines: list[Line], title: str) -> Frame:
    """Return a page without its furniture; ``title`` is what the source itself calls it."""
    found = Frame(list(lines))
    _cut_top(found, squeeze(title))
    _cut_below_title(found)
    _cut_bottom(found)
    return found


def _cut_top(found: Frame, title: str) -> None:
    """Take away the furniture above the first headline."""
    top = found.lines[:TOP]
    stop = next((n for n, line in enumerate(top) if is_running(line.text) or squeeze(line.text) == title), len(top))
    known = [furniture(line) for line in top[:stop]]
    if not known or known[0] is None and not _heads(top[:stop], known):
        return
    last = max((n for n, piece in enumerate(known) if piece), default=-1)
    end = last + 1
    if end >= len(found.lines):
        return
    if is_running(found.lines[end].text):  # the last line that is no furniture is the headline
        plain = [n for n, piece in enumerate(known) if piece is None]
        if not plain:
            return
        end = plain[-1]
        while end and known[end - 1] is None and not found.lines[end].gap:
            end -= 1
    kinds: set[str] = set()
    for line, piece in zip(top[:end], known[:end], strict=True):
        if piece:
            kinds |= piece.kinds
            _settle(found, line, piece)
        else:
            _unknown(found, line)
    found.lines = found.lines[end:]
    found.furnished = len(kinds & _OF_A_PAGE) > 1
    found.bulletin = is_bulletin(found.imprint.outlet) or "issue" in kinds


def _heads(top: list[Line], known: list[Furniture | None]) -> bool:
    """Return whether a first line that is no furniture stands above furniture and a headline."""
    last = max((n for n, piece in enumerate(known) if piece), default=-1)
    if last < 1 or len(top[0].text) > _SECTION:
        return False
    behind = top[last + 1 :]
    return any(is_headline(line.text) for line in behind)


def _settle(found: Frame, line: Line, piece: Furniture) -> None:
    found.imprint.add(piece.imprint)
    plain = piece.kinds <= {"nav", "count", "url", "phone"} or len(piece.leftover) > 1
    (found.dropped if plain else found.said).append(line)


def _unknown(found: Frame, line: Line) -> None:
    """Place a line between two pieces of furniture: a section name if it is short."""
    if len(line.text) <= _SECTION and not found.imprint.section:
        found.imprint.section = line.text
        found.said.append(line)
    else:
        found.dropped.append(line)


def _cut_below_title(found: Frame) -> None:
    """Take away date, source and counts between the first headline and its text."""
    for place, line in enumerate(found.lines[1:5], 1):
        if is_running(line.text):
            return
        piece = furniture(line)
        if piece and piece.kinds & {"date", "source", "count", "nav"} and not _stays(line, piece):
            found.imprint.add(piece.imprint)
            (found.said if piece.kinds & {"date", "source"} else found.dropped).append(line)
            del found.lines[place]
            _cut_below_title(found)
            return


def _stays(line: Line, piece: Furniture) -> bool:
    """Return whether a line under the title belongs to the article all the same."""
    return "date" not in piece.kinds and (
        len(piece.leftover) > 1 or bool(piece.imprint.credits) or "蓝字" in line.text
    )


def _cut_bottom(found: Frame) -> None:
    """Take away what stands under the last article: links, imprint, menus."""
    lines = found.lines
    end = len(lines)
    for place in range(len(lines) - 1, 0, -1):
        text = lines[place].text
        if opens_tail(text) and not closing_credit(text):
            end = place
        elif is_running(text) or closing_credit(text) or is_subtitle(text):
            break
        elif not (furniture(lines[place]) or is_headline(text) or is_point(text)):
            break
    for line in lines[end:]:
        piece = furniture(line)
        if piece and piece.kinds & {"credit"}:
            found.imprint.credits += [c for c in piece.imprint.credits if c not in found.imprint.credits]
        found.dropped.append(line)
    found.lines = lines[:end]
