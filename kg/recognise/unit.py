"""Units: the names that the unit grammar finds, named or pointing back."""

from collections.abc import Sequence

from kg.language.scan import Scan
from kg.language.units import UnitName
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the units of an article; ``found`` is not needed."""
    del found
    return [_candidate(name) for name in scan.unit_names if not _is_feigned(scan.text, name)]


def _is_feigned(text: str, name: UnitName) -> bool:
    """Return whether a bare head stands alone in quotes: who calls is no “公安局”."""
    return (
        name.nominal and text[name.start - 1 : name.end + 1] == f"“{text[name.start : name.end]}”"
    )


def _candidate(name: UnitName) -> Candidate:
    last, nominal = name.segments[-1], name.nominal
    if name.elided:
        weight, rule = LIKELY, "unit.shared-head"
    elif nominal:
        # A shade over other types that know the same head: 该局 is mostly the police's own.
        weight, rule = POSSIBLE + 0.3, "unit.points-back"
    elif last.kind == "alias":
        weight, rule = LIKELY, "unit.region-alias"
    else:
        weight, rule = CERTAIN, f"unit.{last.kind}"
    return Candidate("UNIT", name.start, name.end, rule, weight, nominal=nominal)
