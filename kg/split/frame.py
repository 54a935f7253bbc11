"""Where the furniture of a page ends and its articles begin, at the top and at the bottom."""

import re
from dataclasses import dataclass, field
from typing import Final

from kg.language.text import fold, squeeze
from kg.split.furniture import Furniture, Imprint, furniture, is_bulletin, opens_tail
from kg.split.lines import (
    Line,
    closing_credit,
    is_headline,
    is_moment,
    is_point,
    is_running,
    is_subtitle,
)
from kg.split.noise import without_noise
from kg.split.sheets import imprints

TOP: Final = 20  # lines in which a page's own furniture is looked for
BELOW: Final = 8  # lines under a headline in which date and source are looked for
_SECTION: Final = 8  # characters of the longest section name that no list has
_STRANGE: Final = 4  # lines that are no furniture, after which none is looked for
_LEFT: Final = 16  # characters beside date and source that may go with them
_REPEATED: Final = 1.8  # a line so much longer than the headline that it holds lists its siblings
# What only a page of a newspaper or bulletin has, and what it has besides.
_OF_A_PAGE: Final = frozenset({"number", "credit", "section", "issue"})
_WITH_IT: Final = _OF_A_PAGE | {"outlet", "date"}
_PLACED: Final = frozenset({"number", "outlet", "date", "issue", "section"})
_PROMPT: Final = re.compile(r"[↑▲\s]*(?:请?点击)?[^，。]{0,4}蓝字[^。]{0,4}关注[^。]{0,6}")
_BARE: Final = frozenset({"nav", "count", "url", "phone"})


@dataclass
class Frame:
    """The lines between the furniture, and what the furniture says."""

    lines: list[Line]
    title: str = ""  # what the source itself calls the page, folded, without blanks
    imprint: Imprint = field(default_factory=Imprint)
    said: list[Line] = field(default_factory=list)  # furniture that became metadata
    dropped: list[Line] = field(default_factory=list)  # furniture that says nothing
    furnished: bool = False  # a page of a newspaper: several articles are likely
    bulletin: bool = False
    single: bool = False  # the source says that it holds one article

    def settle(self, line: Line, piece: Furniture) -> None:
        """Take over what a line of furniture says; a second masthead is the name of the section."""
        if piece.kinds == {"outlet"} and self.imprint.outlet and not self.imprint.section:
            self.imprint.section = piece.imprint.outlet
        self.imprint.add(piece.imprint)
        empty = piece.kinds <= _BARE or piece.spare > _LEFT
        (self.dropped if empty else self.said).append(line)

    def judge(self, kinds: set[str]) -> None:
        """Say what sort of page has furniture of these kinds."""
        self.furnished |= bool(kinds & _OF_A_PAGE) and len(kinds & _WITH_IT) > 1
        of_issue = "issue" in kinds and "number" not in kinds
        self.bulletin |= is_bulletin(self.imprint.outlet) or of_issue


def frame(lines: list[Line], title: str = "", *, single: bool = False) -> Frame:
    """Return a page without its furniture; ``title`` is what the source itself calls it."""
    kept, idle = without_noise(lines)
    found = Frame(kept, squeeze(fold(title)), dropped=idle, single=single)
    _cut_top(found)
    _cut_inside(found)
    _cut_siblings(found)
    _cut_bottom(found)
    return found


def _cut_top(found: Frame) -> None:
    """Take away the furniture above the first headline."""
    known: list[Furniture | None] = []
    for line in found.lines[:TOP]:
        piece = furniture(line.text)
        titled = len(line.text) > 3 and found.title.startswith(squeeze(line.text))
        if (
            titled
            or (piece is None and is_running(line.text))
            or known[-_STRANGE:] == [None] * _STRANGE
        ):
            break
        known.append(piece)
    end = _headline_at(found.lines, known)
    kinds: set[str] = set()
    for line, piece in zip(found.lines[:end], known[:end], strict=True):
        if piece:
            kinds |= piece.kinds
            found.settle(line, piece)
        else:
            _unknown(found, line)
    found.lines = found.lines[end:]
    found.judge(kinds)


def _cut_inside(found: Frame) -> None:
    """Take away the lines of the page itself, with its number, where they stand among the text."""
    rest = found.lines[1:]
    runs = [*imprints(rest), *(range(n, n + 1) for n, line in enumerate(rest) if _is_of_page(line))]
    taken = sorted({place for run in runs for place in run})
    kinds: set[str] = set()
    for place in taken:
        piece = furniture(rest[place].text)
        if piece:
            kinds |= piece.kinds
            found.settle(rest[place], piece)
        else:
            _unknown(found, rest[place])
    found.lines = [line for n, line in enumerate(found.lines) if n - 1 not in taken]
    found.judge(kinds)


def _is_of_page(line: Line) -> bool:
    """Return whether one line holds a page's number, its date and more."""
    piece = small_print(line)
    return piece is not None and "number" in piece.kinds and len(piece.kinds & _WITH_IT) > 2


def _headline_at(lines: list[Line], known: list[Furniture | None]) -> int:
    """Return where the first headline stands; ``known`` says which lines are furniture."""
    placed = [n for n, piece in enumerate(known) if piece and piece.kinds & _WITH_IT]
    menus = [n for n, piece in enumerate(known) if piece]
    end = max(placed or menus, default=-1) + 1
    while end < len(known) and known[end]:
        end += 1
    if end >= len(lines) or end == 0:
        return 0
    if known[0] is None and (len(lines[0].text) > _SECTION or not is_headline(lines[end].text)):
        return 0  # the headline comes first, and date and source below it
    if known[0] is None and (_is_chapter(lines, end) or _is_prompt(lines[1:end])):
        return 0
    if not is_running(lines[end].text):
        return end
    plain = [n for n, piece in enumerate(known) if piece is None]
    if not plain:
        kinds = set().union(*(piece.kinds for piece in known if piece))
        return end if len(kinds & _WITH_IT) > 1 else 0
    end = plain[-1]  # the last line that is no furniture is the headline, with those beside it
    while end and known[end - 1] is None and not lines[end].gap:
        end -= 1
    return end


def _is_prompt(lines: list[Line]) -> bool:
    """Return whether lines only ask the reader to subscribe, as they do under a headline."""
    texts = [line.text for line in lines if not line.text.isspace()]
    return bool(texts) and all(_PROMPT.fullmatch(text) for text in texts)


def _is_chapter(lines: list[Line], place: int) -> bool:
    """Return whether a line is the first of several like it inside one article, not its headline."""
    if is_moment(lines[place].text):
        return True
    heads = [n for n in range(place, len(lines)) if is_headline(lines[n].text)]
    sizes = {len(lines[n].text) for n in heads}
    inside = lines[place : heads[-1]] if heads else []
    return (
        len(heads) > 1
        and max(sizes) <= _SECTION
        and max(sizes) - min(sizes) < 2
        and not any(closing_credit(line.text) for line in inside)
    )


def _unknown(found: Frame, line: Line) -> None:
    """Place a line between two pieces of furniture: a section name if it is short."""
    if len(line.text) <= _SECTION and not found.imprint.section:
        found.imprint.section = line.text
        found.said.append(line)
    else:
        found.dropped.append(line)


def _cut_siblings(found: Frame) -> None:
    """Take away the headlines of other articles that a web view puts before the one it shows."""
    heads = [squeeze(line.text) for line in found.lines[:TOP]]
    first = next((n for n, line in enumerate(found.lines[:TOP]) if _is_text(line)), 0)
    for place in range(1, first):
        run_together = len(heads[0]) > _REPEATED * len(heads[place]) and heads[place] in heads[0]
        if len(heads[place]) > 4 and (run_together or heads[place] in heads[:place]):
            for line in found.lines[:place]:
                piece = small_print(line)
                found.settle(line, piece) if piece else found.dropped.append(line)
            found.lines = found.lines[place:]
            return


def _is_text(line: Line) -> bool:
    return is_running(line.text) and not is_headline(line.text)


def small_print(line: Line) -> Furniture | None:
    """Return what a line between a headline and its text says, if it is no part of the article."""
    piece = furniture(line.text)
    if piece is None or piece.spare > _LEFT or "蓝字" in line.text:
        return None
    dated = "date" in piece.kinds
    plain = piece.kinds & {"source", *_BARE} and not piece.imprint.credits
    return piece if dated or plain else None


def _cut_bottom(found: Frame) -> None:
    """Take away what stands under the last article: links, imprint, menus."""
    lines = found.lines
    end = len(lines)
    for place in range(len(lines) - 1, 0, -1):
        text = lines[place].text
        piece = furniture(text)
        menu = piece is not None and piece.kinds <= _BARE
        if (opens_tail(text) or menu) and not closing_credit(text):
            end = place
        elif is_running(text) or closing_credit(text) or is_subtitle(text):
            break  # the article itself
        elif piece is None and not is_headline(text) and not is_point(text):
            break
    found.dropped += lines[end:]
    found.lines = lines[:end]
    _cut_imprint(found)


def _names_section(piece: Furniture) -> bool:
    """Return whether the one strange word beside a page's number is its section: 5版 平安松岭."""
    return "number" in piece.kinds and piece.leftover == (piece.imprint.section,)


def _cut_imprint(found: Frame) -> None:
    """Take away page number, masthead, date and editors where they stand at the bottom."""
    pieces: list[Furniture] = []
    for line in reversed(found.lines[1:]):
        piece = furniture(line.text)
        if piece is None or (piece.spare and not _names_section(piece)):
            break
        pieces.append(piece)
    kinds: set[str] = set().union(*(piece.kinds for piece in pieces))
    if kinds == {"date"}:  # a notice ends with its date, which stays
        found.imprint.add(pieces[0].imprint)
    if len(kinds & _PLACED) < 2 and not ("number" in kinds and "credit" in kinds):
        return
    start = len(found.lines) - len(pieces)
    for line, piece in zip(found.lines[start:], reversed(pieces), strict=True):
        found.settle(line, piece)
    found.lines = found.lines[:start]
    found.judge(kinds)
