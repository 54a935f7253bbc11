"""One claim put together: the passages that say it, and how they say it."""

from typing import Final

from kg.language.text import Span
from kg.model import FACTUAL, Mention
from kg.relate.claims import Claims
from kg.relate.reading import Item, Reading
from kg.relate.scene import Scene

# Where one of these stands, the article says whether it is done, planned or denied.
_TOLD: Final = ("ACT", "DOC", "METHOD")


class Statements:
    """Adds claims of scenes to the claims of an article."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.claims = claims

    def add(self, scene: Scene, relation: str, head: Item, tail: Item, rule: str) -> None:
        """Add that a scene says a relation of two mentions."""
        self.add_mentions(scene, relation, head.mention, tail.mention, rule)

    def add_mentions(
        self, scene: Scene, relation: str, head: Mention, tail: Mention, rule: str
    ) -> None:
        """Add that a scene says a relation of two mentions, wherever they stand."""
        span = scene.sentence.span
        start, end = span.start, span.end
        head_here = start <= head.start < end
        tail_here = start <= tail.start < end
        if tail_here and tail.type in _TOLD:
            offset = tail.start
        elif head_here and head.type in _TOLD:
            offset = head.start
        else:
            offset = min(max(head.start, tail.start, start), end)
        status = self.reading.statuses.at(span, offset)
        places: list[Span | Mention] = [span]
        if not head_here:
            places.append(head)
        if not tail_here:
            places.append(tail)
        self.claims.add(relation, (head.entity, tail.entity), places, rule, status)

    def heads(self, relation: str, tail: str) -> set[str]:
        """Return the entities of which ``relation`` to ``tail`` is claimed."""
        return self.claims.heads(relation, tail)

    def hosts(self, scene: Scene, item: Item) -> list[Item]:
        """Return who carries out the event that is the subject before a mention (会议|印发|《…》)."""
        acts = [*scene.frame.around, *scene.frame.done]
        before = item.mention.start - len(item.lead)
        subject = next((act for act in acts if act.item.mention.end == before), None)
        entities = self.heads("organizes", subject.item.entity) if subject is not None else set()
        found: dict[str, Item] = {}
        for sentence in self.reading.sentences if entities else ():
            for one in sentence.items:
                if one.entity in entities:
                    found.setdefault(one.entity, one)
        return list(found.values())

    def is_fact(self, scene: Scene, item: Item) -> bool:
        """Return whether what the scene says of a mention in it is a fact."""
        status = self.reading.statuses.at(scene.sentence.span, item.mention.start)
        return status in FACTUAL
