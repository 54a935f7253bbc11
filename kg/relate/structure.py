"""Where units belong and things lie: claims that the names themselves make."""

import functools
import operator
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from kg.model import Entity, Mention
from kg.relate.claims import Claims
from kg.resolve.resolution import Resolution

_PLACED: Final = ("UNIT", "ORG", "LOC")  # what belongs to a unit or lies somewhere
_START: Final = operator.attrgetter("start")


def relate_structure(
    resolution: Resolution, entities: Mapping[str, Entity], claims: Claims
) -> None:
    """Add part_of_unit and located_in for what resolution found of parents and places."""
    carriers = _Carriers(resolution, entities)
    for relation, pairs in (("part_of_unit", resolution.parts), ("located_in", resolution.places)):
        for head, tail in pairs:
            carrier = carriers.of(head, tail)
            if carrier is not None:
                claims.add(relation, (head, tail), (carrier,), "structure.name")


class _Carriers:
    """Which mention shows that a thing belongs to another."""

    def __init__(self, resolution: Resolution, entities: Mapping[str, Entity]) -> None:
        self._mentions: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in resolution.mentions:
            if mention.type in _PLACED:
                self._mentions[mention.entity].append(mention)
        self._entities = entities
        self._forms: dict[str, tuple[str, ...]] = {}
        self._pairs = (*resolution.parts, *resolution.places)

    @functools.cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for head, tail in self._pairs:
            children.setdefault(tail, []).append(head)
        return children

    def of(self, head: str, tail: str) -> Mention | None:
        """Return the mention of ``head``, or of what implies it, that says most of ``tail``."""
        mentions = self._mentions.get(head) or self._implied(head, frozenset((head,)))
        if len(mentions) < 2:
            return mentions[0] if mentions else None
        named = [mention for mention in mentions if not mention.nominal] or mentions
        if len({mention.text for mention in named}) == 1:  # all say the same, the first before all
            return min(named, key=_START)
        forms = self._forms.get(tail)
        if forms is None:
            forms = self._forms[tail] = _forms(self._entities[tail])
        return max(named, key=lambda m: (_shared(m.text, forms), -m.start))

    def _implied(self, entity: str, seen: frozenset[str]) -> list[Mention]:
        """Return the mentions of the parts of an entity that is not named itself."""
        found: list[Mention] = []
        for child in self._children.get(entity, ()):
            if child in self._mentions:
                found += self._mentions[child]
            elif child not in seen:
                found += self._implied(child, seen | {child})
        return found


def _forms(entity: Entity) -> tuple[str, ...]:
    return tuple(sorted((entity.name, *entity.aliases), key=len, reverse=True))


def _shared(text: str, forms: tuple[str, ...]) -> int:
    """Return the length of the longest of ``forms`` that stands in ``text``."""
    for form in forms:
        if form and form in text:
            return len(form)
    return 0
