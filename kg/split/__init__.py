"""A page → its articles, in reading order, and what its furniture says."""

from dataclasses import replace

from kg.model import Article, Page
from kg.split.boundaries import drafts
from kg.split.columns import paragraphs
from kg.split.compose import article
from kg.split.frame import frame
from kg.split.lines import lines_of


def split(page: Page) -> tuple[Page, tuple[Article, ...]]:
    """Return the page with its metadata and remainder filled in, and its articles.

    Every character that is not blank is in an article, in a line that became metadata, or in
    ``remainder``.
    """
    found = frame(lines_of(page), page.title)
    said = found.imprint
    whole = replace(
        page,
        outlet=page.outlet or said.outlet,
        date=page.date or said.date,
        number=page.number or said.number,
        section=page.section or said.section,
        credits=tuple(dict.fromkeys([*page.credits, *said.credits])),
        remainder=tuple(sorted((line.start, line.end) for line in found.dropped)),
    )
    blocks = paragraphs(found.lines, furnished=found.furnished)
    return whole, tuple(article(whole, draft) for draft in drafts(blocks, found) if draft.body or draft.head)
