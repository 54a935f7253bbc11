"""Whose article it is: the bureau or branch that most of the names belong to."""

from typing import Final

from kg.resolve.pointing import Memory
from kg.resolve.tree import ORGAN, RANK, Key, Tree, Unit

# How much more, in mentions, the organ of the home county and the one named first are meant.
_HOME_BONUS: Final = 1.5
_LEAD_BONUS: Final = 1.5
_BUREAU: Final = RANK["bureau"]


class Protagonist:
    """Weighs the bureaus and branches named so far, each name once."""

    def __init__(self, tree: Tree, memory: Memory) -> None:
        self._tree = tree
        self._memory = memory
        self._found: tuple[int, Key | None] | None = None  # for how many names it was found
        self._weights: dict[Key, float] = {}
        self._weighed = 0
        self._top: Key | None = None  # the heaviest of them

    def key(self) -> Key | None:
        """Return the bureau or branch that the article is about, of those named so far."""
        if self._found is None or self._found[0] != len(self._tree.order):
            self._found = (len(self._tree.order), self._weigh())
        return self._found[1]

    def _weigh(self) -> Key | None:
        for place, key in self._tree.log[self._weighed :]:
            host = host_of(self._tree, key)
            if host is not None:
                worth = self._memory.role(place, key) + self._weights.get(host, 0.0)
                self._weights[host] = worth
                if self._top is None or worth > self._weights[self._top]:
                    self._top = host
        self._weighed = len(self._tree.log)
        if len(self._weights) < 2:  # as in most articles
            return self._top
        lead = self._lead()
        home = self._tree.context.focus
        fits = (self._top, lead, (ORGAN, home.code) if home is not None else None)
        weighed = dict.fromkeys([key for key in fits if key is not None and key in self._weights])
        if len(weighed) < 2:
            return next(iter(weighed), None)
        return max(
            weighed,
            key=lambda key: self._weights[key] + self._bonus(self._tree[key], lead),
        )

    def _lead(self) -> Key | None:
        """Return the bureau or branch that is named first."""
        for _, key in self._tree.order:
            host = host_of(self._tree, key)
            if host is not None:
                return host
        return None

    def _bonus(self, unit: Unit, lead: Key | None) -> float:
        focus, region = self._tree.context.focus, unit.region
        home = focus is region if focus is None or region is None else focus.code == region.code
        return _HOME_BONUS * home + _LEAD_BONUS * (unit.key == lead)


def host_of(tree: Tree, key: Key) -> Key | None:
    """Return the bureau or branch that a unit is, or is part of."""
    for unit in tree.line(key):
        if is_host(unit):
            return unit.key
    return None


def is_host(unit: Unit) -> bool:
    """Return whether a unit is a bureau or branch that others hang on."""
    return unit.is_host and unit.rank >= _BUREAU
