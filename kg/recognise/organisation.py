"""Organisations that are not police: bodies with a head, brands, and nouns that point back."""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.bodies import BodyGrammar, BodyName
from kg.language.scan import Scan
from kg.language.text import Span
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

# Sites that could be read as bodies too (养老服务中心, 体育中心): places unless a partner in an act.
_SITES: Final = frozenset({"facility", "hospital", "school"})
_PARTNER: Final = re.compile(r"(?:联合|会同|协同|携手)$")


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the organisations of an article; places found before may begin their names."""
    taken = [Span(unit.start, unit.end) for unit in scan.unit_names if not unit.nominal]
    taken += [Span(match.start(), match.end()) for match in re.finditer(r"《[^》\n]*》", scan.text)]
    located = [Span(c.start, c.end) for c in found if c.type == "LOC" and not c.nominal]
    grammar = BodyGrammar(scan.text, scan.tokens, scan.places, scan.marked, taken, located)
    sites = {c.end for c in found if c.type == "LOC" and c.attributes.get("kind") in _SITES}
    named = [
        _candidate(name)
        for name in grammar.names()
        if name.end not in sites or _PARTNER.search(scan.text, max(0, name.start - 2), name.start)
    ]
    return [*named, *_hospitals(scan, found), *_pointing(scan)]


def _hospitals(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the hospitals that act as a body: 联合X镇卫生院."""
    return [
        Candidate("ORG", c.start, c.end, "organisation.hospital", CERTAIN, attributes={"kind": "hospital"})
        for c in found
        if c.attributes.get("kind") == "hospital"
        and c.type == "LOC"
        and _PARTNER.search(scan.text, max(0, c.start - 2), c.start)
    ]


def _candidate(name: BodyName) -> Candidate:
    weight = LIKELY if name.bare else CERTAIN
    return Candidate("ORG", name.start, name.end, f"organisation.{name.kind}", weight, attributes={"kind": name.kind})


def _pointing(scan: Scan) -> list[Candidate]:
    return [
        Candidate("ORG", mark.start, mark.end, "organisation.points-back", POSSIBLE, nominal=True)
        for mark in scan.marks("org.nominal")
    ]
