"""Reading order of printed text: pieces of lines on a sheet → blocks → paragraphs.

A sheet is cut along its white space, first across where the space is wide, then between columns, then
under headlines that span columns; what cannot be cut is read from top to bottom. Sizes are measured in
the height of the type.
"""

import itertools
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

WIDE: Final = 1.5  # white space across the sheet that parts one item from the next
GUTTER: Final = 0.8  # white space between columns
INDENT: Final = 0.8  # how far the first line of a paragraph is set in
SHORT: Final = 1.6  # how much shorter the last line of a paragraph is than its column
BIG: Final = 1.2  # size from which type is a headline
SAME: Final = 0.12  # difference in size up to which type is the same


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters on one line, with its box on the sheet (top grows downwards)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Return the height of the type."""
        return self.bottom - self.top


def paragraphs(pieces: list[Piece]) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs of a sheet in reading order, each with whether space stands before it."""
    big = BIG * _body_size(pieces) if pieces else 0.0
    for block in _blocks(pieces):
        yield from _parted(_upright(_lines(block)), big)


def _blocks(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each block, in reading order."""
    stack = [pieces]
    while stack:
        here = stack.pop()
        parts = _cut(here) if len(here) > 1 else []
        if len(parts) > 1:
            stack += reversed(parts)
        elif here:
            yield here


def _cut(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the parts of a region, or a single one if it has none."""
    size = _body_size(pieces)
    bands = _bands(pieces, size)
    if whole := _between_items(bands, size):
        return whole
    head = next((n for n, band in enumerate(bands) if band.heads != 1), len(bands))
    if 0 < head < len(bands):  # one headline over all that follows
        return [_all(bands[:head]), _all(bands[head:])]
    if columns := _columns(pieces, size):
        return _parts(pieces, columns)
    return _before_columns(bands, size) or [pieces]


@dataclass(frozen=True)
class _Band:
    """What stands between two stretches of white space that run across a region.

    ``heads`` counts the headlines side by side in it, 0 if it holds other text.
    """

    pieces: list[Piece]
    space: float  # white space above it
    heads: int


def _bands(pieces: list[Piece], size: float) -> list[_Band]:
    cuts = _gaps(pieces, "top", "bottom")
    parts: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    for piece in pieces:
        parts[sum(piece.top >= at for at, _ in cuts)].append(piece)
    spaces = [0.0, *(width for _, width in cuts)]
    return [
        _Band(part, space, _heads(part, size)) for part, space in zip(parts, spaces, strict=True)
    ]


def _heads(part: list[Piece], size: float) -> int:
    if min(piece.size for piece in part) < BIG * size:
        return 0
    return 1 + len(_columns(part, size))


def _between_items(bands: list[_Band], size: float) -> list[list[Piece]]:
    """Return the items that stand one above the other: wide space or a headline parts them."""
    parts: list[list[Piece]] = [[]]
    for number, band in enumerate(bands):
        before = bands[number - 1] if number else None
        starts = before is not None and not before.heads and band.heads > 0
        clear = before is not None and before.heads < 2 and band.space >= WIDE * size
        if starts or clear:
            parts.append([])
        parts[-1] += band.pieces
    return parts if len(parts) > 1 else []


def _before_columns(bands: list[_Band], size: float) -> list[list[Piece]]:
    """Return what stands over columns and the columns, parted where white space is widest."""
    for number in sorted(range(1, len(bands)), key=lambda n: -bands[n].space):
        parts = [_all(bands[:number]), _all(bands[number:])]
        if any(_columns(part, size) for part in parts):
            return parts
    return []


def _all(bands: list[_Band]) -> list[Piece]:
    return [piece for band in bands for piece in band.pieces]


def _body_size(pieces: list[Piece]) -> float:
    """Return the height of most of the type."""
    sizes = sorted((piece.size, len(piece.text)) for piece in pieces)
    half = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        half -= count
        if half <= 0:
            return size
    return sizes[-1][0]


def _columns(pieces: list[Piece], size: float) -> list[float]:
    return [at for at, width in _gaps(pieces, "left", "right") if width >= GUTTER * size]


def _gaps(pieces: list[Piece], low: str, high: str) -> list[tuple[float, float]]:
    """Return where white space runs through a region: the place of its end, and its width."""
    spans = sorted((getattr(piece, low), getattr(piece, high)) for piece in pieces)
    gaps, reach = [], spans[0][1]
    for start, end in spans[1:]:
        if start > reach:
            gaps.append((start, start - reach))
        reach = max(reach, end)
    return gaps


def _parts(pieces: list[Piece], cuts: list[float]) -> list[list[Piece]]:
    """Return the columns of a region."""
    parts: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    for piece in pieces:
        parts[sum(piece.left >= at for at in cuts)].append(piece)
    return [part for part in parts if part]


def _lines(block: list[Piece]) -> list[Piece]:
    """Return the lines of a block: pieces on one height are one line, parted by a blank."""
    lines: list[list[Piece]] = []
    for piece in sorted(block, key=lambda piece: (piece.bottom, piece.left)):
        if lines and abs(lines[-1][0].bottom - piece.bottom) < 0.4 * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_joined(sorted(line, key=lambda piece: piece.left), " ") for line in lines]


def _joined(pieces: list[Piece], blank: str) -> Piece:
    return Piece(
        blank.join(piece.text.strip() for piece in pieces),
        min(piece.left for piece in pieces),
        max(piece.right for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.bottom for piece in pieces),
    )


def _upright(lines: list[Piece]) -> list[Piece]:
    """Return the lines with a headline that is set from top to bottom made into one."""
    single = all(len(line.text) == 1 for line in lines)
    if len(lines) > 2 and single and max(p.left for p in lines) - min(p.left for p in lines) < 2:
        return [_joined(lines, "")]
    return lines


def _parted(lines: list[Piece], big: float) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs of a block's lines; each line of a headline, in ``big`` type, is one."""
    left, right = _edges(lines)
    spacing = _spacing(lines)
    held, apart = "", True
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        space = before is None or _is_apart(before, line, spacing)
        opens = line.left > left + INDENT * line.size or line.size >= big
        ends = before is not None and before.right < right - SHORT * before.size
        if held and (space or opens or ends):
            yield held, apart
            held, apart = "", space
        held = _glued(held, line.text)
    if held:
        yield held, apart


def _edges(lines: list[Piece]) -> tuple[float, float]:
    return min(line.left for line in lines), max(line.right for line in lines)


def _spacing(lines: list[Piece]) -> float:
    """Return the usual distance from one line to the next."""
    steps = [b.bottom - a.bottom for a, b in itertools.pairwise(lines)]
    return statistics.median(steps) if steps else 0.0


def _is_apart(before: Piece, line: Piece, spacing: float) -> bool:
    """Return whether a line is of another size than the one above, or stands clear of it."""
    other = abs(before.size - line.size) > SAME * max(before.size, line.size)
    return other or line.bottom - before.bottom > 1.4 * spacing


def _glued(held: str, text: str) -> str:
    """Return two lines as one: a blank stands between Latin words only."""
    latin = (
        held[-1:].isascii() and held[-1:].isalnum() and text[:1].isascii() and text[:1].isalpha()
    )
    return f"{held} {text}" if latin else held + text


def texts(paragraphs_: Iterable[tuple[str, bool]]) -> str:
    """Return paragraphs as text, a blank line where space stands before one."""
    return "".join(("\n" if apart else "") + text + "\n" for text, apart in paragraphs_)
