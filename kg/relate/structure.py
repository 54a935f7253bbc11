"""Where units belong and things lie: claims that the names themselves make."""

from kg.model import Entity, Mention
from kg.relate.claims import Claims, span_of
from kg.resolve.resolution import Resolution


def relate_structure(resolution: Resolution, claims: Claims) -> None:
    """Add part_of_unit and located_in for what resolution found of parents and places."""
    carriers = _Carriers(resolution)
    for head, tail in resolution.parts:
        _add(claims, "part_of_unit", head, tail, carriers)
    for head, tail in resolution.places:
        _add(claims, "located_in", head, tail, carriers)


def _add(claims: Claims, relation: str, head: str, tail: str, carriers: "_Carriers") -> None:
    carrier = carriers.of(head, tail)
    if carrier is not None:
        claims.add(relation, (head, tail), [span_of(carrier)], "structure.name")


class _Carriers:
    """Which mention shows that a thing belongs to another."""

    def __init__(self, resolution: Resolution) -> None:
        self._mentions: dict[str, list[Mention]] = {}
        for mention in resolution.mentions:
            self._mentions.setdefault(mention.entity, []).append(mention)
        self._entities = {entity.id: entity for entity in resolution.entities}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, list[str]] = {}
        for head, tail in (*resolution.parts, *resolution.places):
            self._children.setdefault(tail, []).append(head)

    def of(self, head: str, tail: str) -> Mention | None:
        """Return the mention of ``head``, or of what implies it, that says most of ``tail``."""
        mentions = self._named(head)
        if not mentions:
            return None
        if len(mentions) == 1:
            return mentions[0]
        forms = self._forms.get(tail)
        if forms is None:
            forms = self._forms[tail] = _forms(self._entities[tail])
        return max(mentions, key=lambda m: (not m.nominal, _shared(m.text, forms), -m.start))

    def _named(self, entity: str, seen: frozenset[str] = frozenset()) -> list[Mention]:
        """Return the mentions of an entity; of a derived one, those of its parts."""
        if entity in self._mentions or entity in seen:
            return self._mentions.get(entity, [])
        deeper = seen | {entity}
        return [m for child in self._children.get(entity, ()) for m in self._named(child, deeper)]


def _forms(entity: Entity) -> tuple[str, ...]:
    return tuple(sorted((entity.name, *entity.aliases), key=len, reverse=True))


def _shared(text: str, forms: tuple[str, ...]) -> int:
    """Return the length of the longest of ``forms`` that stands in ``text``."""
    for form in forms:
        if form and form in text:
            return len(form)
    return 0
