"""Which regions of the gazetteer stand where in a text."""

import functools

from kg.gazetteer import Found, Gazetteer
from kg.language.lexicon import lexicon


class Places:
    """The region names found in one folded text, by where they end."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._ends: dict[int, list[tuple[int, str]]] = {}
        stops = lexicon().terms("unit.stop")
        for found in gazetteer.find(text):
            if found.form in stops or _is_conjunction(text, found):  # 会同 = 会同县, or "with"
                continue
            self._ends.setdefault(found.end, []).append((found.start, found.form))
        for starts in self._ends.values():
            starts.sort()

    def ending_at(self, end: int, before: int) -> tuple[int, str] | None:
        """Return start and form of the longest region that ends at ``end``, not before ``before``."""
        return next((item for item in self._ends.get(end, ()) if item[0] >= before), None)

    def is_name(self, form: str) -> bool:
        """Return whether any division down to township bears this official or short name."""
        return bool(self._gazetteer.named(form))

    @functools.cached_property
    def spans(self) -> list[Found]:
        """Return the names in order of place, the longest of those that overlap."""
        every = [
            Found(start, end, form) for end, items in self._ends.items() for start, form in items
        ]
        kept: list[Found] = []
        for found in sorted(every, key=lambda f: (f.start, -f.end)):
            if not kept or found.start >= kept[-1].end:
                kept.append(found)
        return kept


def _is_conjunction(text: str, found: Found) -> bool:
    """Return whether 和县 is 和 + 县 (局): the county 和县 stands first or behind its city."""
    joins = len(found.form) == 2 and found.form[0] in "和与及"
    before = text[max(0, found.start - 1) : found.start]
    return joins and bool(before.strip("市，。、“（\n "))
