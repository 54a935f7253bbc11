"""One claim put together: the passages that say it, and how they say it."""

from typing import Final

from kg.language.text import Span
from kg.model import FACTUAL, Mention
from kg.relate.claims import Claims
from kg.relate.reading import Item, Reading
from kg.relate.status import status_at
from kg.relate.thread import Scene

# Where one of these stands, the article says whether it is done, planned or denied.
_TOLD: Final = ("ACT", "DOC", "METHOD")


class Statements:
    """Adds claims of scenes to the claims of an article."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.claims = claims
        self.known: dict[tuple[int, int], str] = {}  # the status at a place of a sentence

    def add(self, scene: Scene, relation: str, head: Item, tail: Item, rule: str) -> None:
        """Add that a scene says a relation of two mentions."""
        self.add_mentions(scene, relation, head.mention, tail.mention, rule)

    def add_mentions(
        self, scene: Scene, relation: str, head: Mention, tail: Mention, rule: str
    ) -> None:
        """Add that a scene says a relation of two mentions, wherever they stand."""
        inside = scene.sentence.span
        start, end = inside.start, inside.end
        passages: list[Span | Mention] = [inside]
        if not start <= head.start < end:
            passages.append(head)
        if not start <= tail.start < end:
            passages.append(tail)
        status = self._status(inside, head, tail)
        self.claims.add(relation, (head.entity, tail.entity), passages, rule, status)

    def heads(self, relation: str, tail: str) -> set[str]:
        """Return the entities of which ``relation`` to ``tail`` is claimed."""
        return self.claims.heads(relation, tail)

    def is_fact(self, scene: Scene, item: Item) -> bool:
        """Return whether what the scene says of a mention in it is a fact."""
        return self._status_at(scene.sentence.span, item.mention.start) in FACTUAL

    def _status(self, span: Span, head: Mention, tail: Mention) -> str:
        start, end = span.start, span.end
        if tail.type in _TOLD and start <= tail.start < end:
            return self._status_at(span, tail.start)
        if head.type in _TOLD and start <= head.start < end:
            return self._status_at(span, head.start)
        return self._status_at(span, min(max(head.start, tail.start, start), end))

    def _status_at(self, span: Span, offset: int) -> str:
        key = span.start, offset
        status = self.known.get(key)
        if status is None:
            status = self.known[key] = status_at(self.reading.text, span, offset)
        return status
