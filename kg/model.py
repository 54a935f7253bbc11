"""The records that travel down the line: Page, Article, Mention, Entity, Claim.

All are frozen: a stage returns new records and never edits old ones. Offsets are Unicode code
points into ``Article.text``, half open as in Python slices.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from kg.records import record

TYPES: Final = ("UNIT", "ORG", "LOC", "ACT", "PER", "TIME", "DOC", "METHOD", "GROUP")
RELATIONS: Final = (
    "part_of_unit",
    "located_in",
    "organizes",
    "takes_part",
    "held_at",
    "held_on",
    "part_of",
    "targets",
    "concerns",
    "signs",
    "cooperates_with",
    "uses_method",
    "has_post",
    "outcome",
)
STATUSES: Final = ("asserted", "attributed", "planned", "required", "alleged", "negated")
FACTUAL: Final = ("asserted", "attributed")  # only these are drawn and exported as plain triples


@record
class Credit:
    """A name in a byline or an imprint: role is author, photo, editor, layout, review, source."""

    role: str
    name: str


@record
class Page:
    """What one source holds: a newspaper page, a bulletin, a web page, one article.

    ``date`` is ISO 8601 or empty. ``kind`` names the reader that made it (plain, html, pdf, docx,
    jsonl). ``title`` is set when the source itself says it (HTML, JSON Lines), else empty.
    """

    source: str
    text: str
    kind: str = "plain"
    outlet: str = ""
    date: str = ""
    number: str = ""
    section: str = ""
    title: str = ""
    credits: tuple[Credit, ...] = ()
    remainder: tuple[tuple[int, int], ...] = ()


@record
class Article:
    """One item of a page in reading order, title first.

    ``origin[i]`` is the offset in ``page.text`` that character ``i`` came from, -1 for a joining
    character (line break, space) that the splitter put in.
    """

    id: str
    page: Page
    title: str
    text: str
    dateline: str = ""
    byline: tuple[Credit, ...] = ()
    origin: tuple[int, ...] = ()


@record
class Passage:
    """A span of an article with its text, so that the quote can be checked."""

    start: int
    end: int
    text: str


@record
class Mention:
    """A span that names an entity (or, if nominal, points back to one)."""

    type: str
    start: int
    end: int
    text: str
    entity: str
    nominal: bool = False
    rule: str = ""


@record
class Entity:
    """A node. ``attributes`` holds code, kind, topic, level, function, derived … as text."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@record
class Claim:
    """A relation that an article asserts; ``tail`` is empty for an outcome."""

    id: str
    relation: str
    head: str
    tail: str
    evidence: tuple[Passage, ...]
    status: str = "asserted"
    rule: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@record
class Extraction:
    """Everything read from one article."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()


@record
class Correction:
    """One row of a file of corrections; ``line`` is where it ends in that file."""

    action: str
    article: str = ""
    quote: str = ""
    target: str = ""
    value: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    line: int = 0


@record
class Ruling:
    """What became of a correction: the entity or claim it was about, or why it was not applied.

    ``notice`` says what a person should look at although it was applied.
    """

    key: str
    correction: Correction
    subject: str = ""
    conflict: str = ""
    notice: str = ""


@record
class Reprint:
    """An article that prints the text of another, its origin, again."""

    article: str
    origin: str
    reason: str


@record
class SameEvent:
    """Two activities, told by different hands, that may be one; the reason says what they share."""

    first: str
    second: str
    reason: str
