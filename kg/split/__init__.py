"""A page → its articles, in reading order, and what its furniture says."""

from dataclasses import replace

from kg.model import Article, Page
from kg.split.boundaries import drafts
from kg.split.columns import paragraphs
from kg.split.compose import article, with_imprint
from kg.split.frame import frame
from kg.split.lines import Line, lines_of


def split(page: Page) -> tuple[Page, tuple[Article, ...]]:
    """Return the page with its metadata and remainder filled in, and its articles.

    Every character that is not blank is in an article, in a line that became metadata, or in
    ``remainder``. An article's own page has the date and source of its own small print.
    """
    lines, around = _parted(page)
    found = frame(lines, page.title)
    parts = drafts(paragraphs(found.lines, furnished=found.furnished), found)
    dropped = [*around, *found.dropped, *(line for part in parts for line in part.dropped)]
    whole = replace(
        with_imprint(page, found.imprint),
        remainder=tuple(sorted((line.start, line.end) for line in dropped)),
    )
    articles = tuple(article(whole, part) for part in parts)
    return (articles[0].page if len(articles) == 1 else whole), articles


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
