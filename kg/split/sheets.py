"""Several pages of a newspaper in one text: where the furniture of one ends and the next begins."""

import itertools
import re
from collections.abc import Iterator
from typing import Final

from kg.split.furniture import furniture
from kg.split.lines import Line, is_running

_NUMBER: Final = re.compile(r"^[-— ]*[A-D]?[0-9]{1,3}(?: |$|[-—])|^.{0,40}版")
_BETWEEN: Final = 8  # characters of a section name between two lines of furniture


def sheets(lines: list[Line]) -> list[list[Line]]:
    """Return the lines of each page that a text holds: most hold one."""
    if sum(bool(_NUMBER.search(line.text)) for line in lines) < 2:
        return [lines]  # most texts: no line can be a page number
    runs = list(imprints(lines))
    if len(runs) < 2:
        return [lines]
    top = runs[0].start <= 1  # else the furniture stands at the foot of each page
    cuts = [run.start for run in runs[1:]] if top else [run.stop for run in runs[:-1]]
    edges = [0, *cuts, len(lines)]
    return [lines[start:end] for start, end in itertools.pairwise(edges)]


def imprints(lines: list[Line]) -> Iterator[range]:
    """Yield the runs of furniture that hold a page number and a masthead or a date."""
    place = 0
    while place < len(lines):
        end, kinds = _run(lines, place)
        if "number" in kinds and kinds & {"outlet", "date"}:
            yield range(place, end)
        place = max(end, place + 1)


def _run(lines: list[Line], start: int) -> tuple[int, set[str]]:
    """Return where the furniture that begins at ``start`` ends, and its kinds."""
    kinds: set[str] = set()
    end = place = start
    while place < len(lines) and place - end < 2:
        piece = furniture(lines[place].text)
        if piece and not piece.spare and "source" not in piece.kinds:
            kinds |= piece.kinds
            end = place + 1
        elif place == start or is_running(lines[place].text) or len(lines[place].text) > _BETWEEN:
            break
        place += 1
    return end, kinds
