"""Places and organisations of an article: which region each is, or lies in."""

from dataclasses import dataclass, field
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.resolve.context import Context
from kg.resolve.identity import local_name

_POINTING: Final = ("该", "全", "本", "我")


@dataclass
class Place:
    """A place or organisation in the making; ``region`` is itself (a division) or where it lies."""

    id: str
    type: str
    name: str
    region: Region | None = None
    is_region: bool = False
    inside: str = ""
    kind: str = ""
    forms: set[str] = field(default_factory=set)


class Placer:
    """Turns place and organisation forms into entities of one article."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.places: dict[str, Place] = {}

    def place(self, form: str, kind: str, previous: Place | None) -> Place:
        """Return the place that ``form`` names; ``previous`` stands right before it in a chain."""
        near = (previous.region,) if previous and previous.region else ()
        region = self.context.region(form, near)
        if region is None:
            region = self._town(form)
        if region is not None and kind in ("", "region", "other", "village", "community"):
            return self.region(region, form)
        known = self._same_place(form)
        if known is not None:
            known.forms.add(form)
            return known
        home, name = self._prefix(form)
        lies_in = home or (previous.region if previous else None)
        base = home or self.context.focus
        entity = local_name("place", base.code if base else "", name)
        place = self.places.setdefault(entity, Place(entity, "LOC", name, lies_in, kind=kind))
        if previous is not None and not place.inside:
            place.inside = previous.id
        place.forms.add(form)
        return place

    def region(self, region: Region, form: str = "") -> Place:
        """Return the entity of a division."""
        entity = f"region-{region.code}"
        place = self.places.setdefault(
            entity, Place(entity, "LOC", region.name, region, is_region=True, kind="region")
        )
        place.forms.update({form, self.context.gazetteer.short(region)} - {""})
        return place

    def organisation(self, form: str, previous: Place | None) -> Place:
        """Return the organisation that ``form`` names, its level (县) spelt out."""
        del previous
        home, name = self._prefix(form)
        for place in self.places.values():
            if place.type == "ORG" and (
                form in place.forms or place.name == name or _short_for(form, place.name)
            ):
                place.forms.add(form)
                return place
        entity = local_name("org", home.code if home else "", name)
        place = self.places.setdefault(entity, Place(entity, "ORG", name, home))
        place.forms.add(form)
        return place

    def pointing(self, form: str) -> Place | None:
        """Return the region that 该县, 全旗, 该市 mean."""
        if form[:1] in _POINTING:
            region = self.context.level(form[1:])
            return self.region(region) if region is not None else None
        return None

    def _town(self, form: str) -> Region | None:
        """Return the township of this name in the region the article is about."""
        home = self.context.focus
        if home is None:
            return None
        gazetteer = self.context.gazetteer
        towns = [
            region
            for region in gazetteer.named(form)
            if len(region.code) == 9 and gazetteer.within(region, home)
        ]
        return towns[0] if len(towns) == 1 else None

    def _same_place(self, form: str) -> Place | None:
        for place in self.places.values():
            if place.type != "LOC" or place.is_region:
                continue
            long, short = sorted((place.name, form), key=len, reverse=True)
            if form in place.forms or (len(short) > 2 and long.endswith(short) and short != long):
                head = long.removesuffix(short)
                if form in place.forms or self.context.gazetteer.named(head):
                    return place
        return None

    def _prefix(self, form: str) -> tuple[Region | None, str]:
        """Return the region that a name begins with (or holds), and the name in full."""
        levels = lexicon().terms("unit.level")
        gazetteer = self.context.gazetteer
        hits = [hit for hit in gazetteer.find(form) if hit.end - hit.start > 1]
        starts = [hit for hit in hits if hit.start == 0]
        if not starts:
            for level in sorted(levels, key=lambda term: (-len(term), term)):
                if form.startswith(level) and len(form) > len(level) + 1:
                    region = self.context.level(level)
                    if region is not None:
                        return region, region.name + form.removeprefix(level)
        chain: list[str] = []
        at = 0
        while (hit := next((h for h in hits if h.start == at), None)) is not None:
            chain.append(hit.form)
            at = hit.end
        if not chain and hits:
            chain = [max(hits, key=lambda h: (h.end - h.start, -h.start)).form]
        regions = self.context.chain(chain) if chain else []
        return (regions[-1] if regions else None), form


def _short_for(form: str, name: str) -> bool:
    """Return whether ``form`` leaves out parts of ``name``: 包钢股份, 邮储银行, 华能公司."""
    long, short = sorted((name, form), key=len, reverse=True)
    if (
        len(short) < 3
        or len(short) > len(long) - 2
        or long[-1] != short[-1]
        and not long.endswith("公司")
    ):
        return False
    if long.endswith(short):
        return True
    steps = iter(long)
    return long.endswith("公司") and all(char in steps for char in short) and short[:2] in long
