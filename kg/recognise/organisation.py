"""Organisations that are not police: bodies with a head, brands, and nouns that point back."""

import re
from collections.abc import Sequence

from kg.language.bodies import BodyGrammar, BodyName
from kg.language.scan import Scan
from kg.language.text import Span
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the organisations of an article; places found before may begin their names."""
    taken = [Span(unit.start, unit.end) for unit in scan.unit_names]
    taken += [Span(match.start(), match.end()) for match in re.finditer(r"《[^》\n]*》", scan.text)]
    located = [Span(c.start, c.end) for c in found if c.type == "LOC" and not c.nominal]
    grammar = BodyGrammar(scan.text, scan.tokens, scan.places, scan.marked, taken, located)
    named = [_candidate(name) for name in grammar.names()]
    return [*named, *_pointing(scan)]


def _candidate(name: BodyName) -> Candidate:
    weight = LIKELY if name.bare else CERTAIN
    return Candidate("ORG", name.start, name.end, f"organisation.{name.kind}", weight, attributes={"kind": name.kind})


def _pointing(scan: Scan) -> list[Candidate]:
    return [
        Candidate("ORG", mark.start, mark.end, "organisation.points-back", POSSIBLE, nominal=True)
        for mark in scan.marks("org.nominal")
    ]
