"""A subject and what it does: one part of a sentence, as frames.py reads it."""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from kg.records import draft
from kg.relate.act import Act
from kg.relate.reading import Group, Item, Sentence

_NOBODY: Final[Sequence[Item]] = ()


@draft
class Frame:
    """A subject and what it does; ``cast`` holds the actors by role, in order.

    ``places`` are named without a preposition, ``visitors`` the people that are the subject.
    ``done`` are the activities that the frame itself reports, ``around`` those it plays in.
    """

    sentence: Sentence
    times: list[Item] = field(default_factory=list)
    around: list[Act] = field(default_factory=list)
    cast: dict[str, list[Item]] = field(default_factory=dict)
    done: list[Act] = field(default_factory=list)
    venues: list[Item] = field(default_factory=list)
    places: list[Item] = field(default_factory=list)
    people: list[Item] = field(default_factory=list)
    visitors: list[Group] = field(default_factory=list)
    docs: list[Item] = field(default_factory=list)
    methods: list[Item] = field(default_factory=list)

    def of(self, role: str) -> Sequence[Item]:
        """Return the actors that play a role."""
        return self.cast.get(role, _NOBODY)

    def among(self, *names: str) -> list[Item]:
        """Return the actors that play one of the given roles."""
        found: list[Item] = []
        for name in names:
            if name in self.cast:
                found += self.cast[name]
        return found

    def beside(self, act: Act, *names: str) -> Sequence[Item]:
        """Return the actors of the given roles that go with one activity of several.

        Those named between two activities go with the second.
        """
        cast = self.among(*names) if self.cast else _NOBODY
        if not cast:
            return cast
        later = [one.item.mention.start for one in self.done if one is not act]
        if not later:
            return cast
        start = act.item.mention.start
        return [
            item
            for item in cast
            if item.mention.start < start
            or not any(start < other and item.mention.start < other for other in later)
        ]

    @property
    def acts(self) -> list[Act]:
        """Return all activities of the frame, in order."""
        if not self.around:
            return self.done
        if not self.done:
            return self.around
        return sorted((*self.around, *self.done), key=lambda act: act.item.mention.start)
