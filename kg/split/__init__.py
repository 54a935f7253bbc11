"""A page → its articles, in reading order, and what its furniture says."""

from dataclasses import dataclass, replace

from kg.model import Article, Page
from kg.split.boundaries import Draft, drafts
from kg.split.columns import paragraphs
from kg.split.compose import article, with_imprint
from kg.split.frame import frame
from kg.split.furniture import Imprint
from kg.split.lines import Line, lines_of
from kg.split.sheets import sheets


def split(page: Page) -> tuple[Page, tuple[Article, ...]]:
    """Return the page with its metadata and remainder filled in, and its articles.

    Every character that is not blank is in an article, in a line that became metadata, or in
    ``remainder``. The page of an article has the date and source of its own small print, and of its
    own sheet if the text holds several.
    """
    lines, around = _parted(page)
    parts = [_sheet(page, sheet) for sheet in ([lines] if page.title else sheets(lines))]
    dropped = sorted([*around, *(line for part in parts for line in part.dropped)], key=_start)
    remainder = tuple((line.start, line.end) for line in dropped)
    wholes = [replace(with_imprint(page, part.imprint), remainder=remainder) for part in parts]
    articles = tuple(
        article(whole, draft)
        for whole, part in zip(wholes, parts, strict=True)
        for draft in part.drafts
    )
    return (articles[0].page if len(articles) == 1 else wholes[0]), articles


@dataclass(frozen=True)
class _Sheet:
    """One sheet of a text, split."""

    imprint: Imprint
    drafts: list[Draft]
    dropped: list[Line]


def _sheet(page: Page, lines: list[Line]) -> _Sheet:
    found = frame(lines, page.title, single=page.kind == "jsonl" and bool(page.title))
    parts = drafts(paragraphs(found.lines, furnished=found.furnished), found)
    dropped = [*found.dropped, *(line for part in parts for line in part.dropped)]
    return _Sheet(found.imprint, parts, dropped)


def _start(line: Line) -> int:
    return line.start


def _parted(page: Page) -> tuple[list[Line], list[Line]]:
    """Return the lines of a page, and those that its reader found to lie around the articles."""
    inside: list[Line] = []
    around: list[Line] = []
    spans = iter(page.remainder)
    span = next(spans, None)
    for line in lines_of(page):
        while span and span[1] <= line.start:
            span = next(spans, None)
        covered = span is not None and span[0] <= line.start and line.end <= span[1]
        (around if covered else inside).append(line)
    return inside, around
