"""What resolution hands on: mentions tied to entities, and where each entity belongs."""

from dataclasses import dataclass

from kg.model import Entity, Mention


@dataclass(frozen=True, slots=True)
class Resolution:
    """The mentions and entities of one article.

    ``parts`` pairs a unit with the unit that it is a division of; ``places`` pairs a unit, an
    organisation or a place with the place that it lies in. Both hold entity ids, nearest level only.
    """

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    parts: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
