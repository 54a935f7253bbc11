"""Where a correction applies: an article by id and hash of its text, in it a quote."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from kg.model import Correction, Extraction, Mention

HASH: Final = 12  # hex digits: enough to tell the texts of one archive apart


class Conflict(Exception):  # noqa: N818 - it is no error of the program
    """A correction cannot be applied; the message says why, for the person who wrote it."""


class Library(Protocol):
    """What corrections are looked up in: the articles as they were read."""

    def article(self, key: str) -> Extraction | None:
        """Return what was read from the article with this id."""

    def with_text(self, digest: str) -> Extraction | None:
        """Return what was read from an article whose text's hash begins so."""

    def type_of(self, entity: str) -> str | None:
        """Return the type of an entity, None if no article has it."""


@dataclass(frozen=True, slots=True)
class Place:
    """An anchored article, the spans of the quote in it, and what has changed since."""

    extraction: Extraction
    spans: tuple[tuple[int, int], ...]
    notice: str


def text_hash(text: str) -> str:
    """Return the short hash that a correction names a text by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASH]


def anchor_of(extraction: Extraction) -> str:
    """Return what a correction's ``article`` cell says for an article: id@hash."""
    return f"{extraction.article.id}@{text_hash(extraction.article.text)}"


def locate(
    correction: Correction, library: Library, edited: Callable[[Extraction], Extraction]
) -> Place:
    """Return where a correction applies; raise Conflict if that cannot be said.

    ``edited`` gives an article as earlier corrections have left it.
    """
    key, _, digest = correction.article.removeprefix("article-").partition("@")
    found = library.article(key) if key else library.with_text(digest)
    if found is None and not digest:
        found = library.with_text(key)
    if found is None:
        raise Conflict(f"no article {correction.article}: changed or withdrawn")
    text = found.article.text
    changed = bool(key and digest) and not text_hash(text).startswith(digest)
    spans = tuple(spans_of(text, correction.quote))
    if correction.quote and not spans:
        what = "has changed" if changed else "says otherwise"
        raise Conflict(f"{found.article.id} {what}: «{correction.quote}» is not in it")
    if changed and len(spans) != 1:
        raise Conflict(f"{found.article.id} has changed: «{correction.quote}» is not alone in it")
    notice = (
        f"{found.article.id} has changed; «{correction.quote}» is still there" if changed else ""
    )
    return Place(edited(found), spans, notice)


def spans_of(text: str, quote: str) -> list[tuple[int, int]]:
    """Return where a quote stands; of a quote with [brackets] only what is inside them.

    The words outside the brackets tell which of several places is meant.
    """
    if not quote:
        return []
    if quote not in text and quote.count("[") == quote.count("]") == 1:
        before, _, rest = quote.partition("[")
        meant, _, after = rest.partition("]")
        whole = before + meant + after
        starts = [start + len(before) for start in _all(text, whole)] if meant else []
        return [(start, start + len(meant)) for start in starts]
    return [(start, start + len(quote)) for start in _all(text, quote)]


def mentions_at(place: Place) -> list[Mention]:
    """Return the mentions that stand exactly where the quote does; raise Conflict if none does."""
    found = [one for one in place.extraction.mentions if (one.start, one.end) in place.spans]
    if not found:
        raise Conflict("the quote is no mention: quote one exactly, or mark it with [ ]")
    return found


def one_entity(mentions: Iterable[Mention]) -> str:
    """Return the entity that all of ``mentions`` name; raise Conflict if they name several."""
    entities = sorted({mention.entity for mention in mentions})
    if len(entities) > 1:
        raise Conflict(
            f"the quote names {len(entities)} entities ({', '.join(entities)}): "
            "quote more words and mark the meant ones with [ ]"
        )
    return entities[0]


def _all(text: str, part: str) -> Iterable[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)
