"""A place name taken apart: every division that bears it, and why one of them is meant, or none."""

from dataclasses import dataclass

from kg.gazetteer import Gazetteer, Region, gazetteer


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A division that bears a name; ``how`` says whether the name is its official one."""

    code: str
    chain: str
    level: str
    how: str


@dataclass(frozen=True, slots=True)
class PlaceExplanation:
    """All that a name may mean, which of them it means near some place, and why."""

    printed: str
    candidates: tuple[PlaceCandidate, ...]
    chosen: str
    reason: str


def explain_place(name: str, home: str = "") -> PlaceExplanation | None:
    """Return what ``name`` may mean and means near ``home`` (a region), or None if no division bears it.

    >>> explain_place("鼓楼区", "徐州市").chosen
    '320302'
    """
    known = gazetteer()
    regions, seat = known.named(name), known.seat_of(name)
    if not regions and seat is None:
        return None
    here = known.resolve(home) if home else None
    chosen = known.resolve(name, (here,) if here else ())
    candidates = tuple(_candidate(known, region, name) for region in regions)
    reason = _reason(known, regions, chosen, here)
    if seat is not None:
        reason += f"; as a dateline it stands for {seat.name}, whose seat it is"
    return PlaceExplanation(name, candidates, chosen.code if chosen else "", reason)


def _candidate(known: Gazetteer, region: Region, name: str) -> PlaceCandidate:
    chain = " › ".join(step.name for step in known.chain(region))
    how = "official" if name == region.name else "short"
    if name not in (region.name, known.short(region)) and name in known.forms(region)[1:]:
        how = "short, former or alias"
    return PlaceCandidate(region.code, chain, region.level, how)


def _reason(
    known: Gazetteer, regions: tuple[Region, ...], chosen: Region | None, here: Region | None
) -> str:
    if not regions:
        return "no division bears this name"
    if len(regions) == 1:
        return "the only division of this name"
    if chosen is None:
        return f"open: {len(regions)} divisions bear it and nothing near tells which"
    near = _nearness(known, chosen, here) if here is not None else ""
    return near or "the highest of this name, and the only one at its level"


def _nearness(known: Gazetteer, chosen: Region, here: Region) -> str:
    if known.within(chosen, here):
        return f"lies in {here.name}"
    if known.within(here, chosen):
        return f"{here.name} lies in it"
    shared = [step.name for step in known.chain(chosen) if known.within(here, step)]
    return f"nearest to {here.name}: both lie in {shared[-1]}" if shared else ""
