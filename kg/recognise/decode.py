"""Settle overlaps: the best set of candidates in which no two spans cross."""

import operator
from collections.abc import Iterable
from typing import Final

from kg.recognise.candidate import Candidate

# Which types may stand inside which (GUIDE: a span nests only inside an activity, method, document).
NESTING: Final = {
    "ACT": frozenset({"DOC", "PER", "METHOD", "GROUP"}),
    "METHOD": frozenset({"PER"}),
    "DOC": frozenset({"PER", "LOC"}),
}
CASE: Final = "activity.case"
# Of two readings by equally sure rules the longer wins: a tenth of a rule's step a character.
LENGTH_BONUS: Final = 0.1
LENGTH_CAP: Final = 9
_START: Final = operator.attrgetter("start")
_END: Final = operator.attrgetter("end")


def decode(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the accepted candidates in order of place, outer spans before inner ones."""
    accepted: list[Candidate] = []
    met: list[Candidate] = []  # candidates that hang together
    reached = 0
    for candidate in sorted(candidates, key=_START):
        if candidate.start >= reached:
            accepted += _settled(met)
            met.clear()
            reached = candidate.end
        else:
            reached = max(reached, candidate.end)
        met.append(candidate)
    return accepted + _settled(met)


def _settled(candidates: list[Candidate]) -> list[Candidate]:
    """Return those accepted of candidates that hang together; most stand alone."""
    if len(candidates) < 2:
        return candidates
    accepted: list[Candidate] = []
    for candidate in sorted(candidates, key=_rank):
        if _fits(candidate, accepted):
            accepted.append(candidate)
    accepted.sort(key=_END, reverse=True)
    accepted.sort(key=_START)
    return accepted


def _rank(candidate: Candidate) -> tuple[float, int, int, str, str]:
    start, end = candidate.start, candidate.end
    length = end - start if end - start < LENGTH_CAP else LENGTH_CAP
    sure = candidate.weight + LENGTH_BONUS * length
    return (-sure, start, -end, candidate.type, candidate.rule)


def _fits(candidate: Candidate, accepted: Iterable[Candidate]) -> bool:
    """Return whether a candidate may stand with all those it meets."""
    start, end = candidate.start, candidate.end
    for other in accepted:
        if other.start < end and start < other.end and not _agree(candidate, other):
            return False
    return True


def _agree(one: Candidate, two: Candidate) -> bool:
    """Return whether one of two candidates that meet may stand inside the other."""
    if (one.start, one.end) == (two.start, two.end):
        return False
    outer, inner = (one, two) if one.end - one.start > two.end - two.start else (two, one)
    if not outer.start <= inner.start or inner.end > outer.end:
        return False
    told = outer.rule == CASE and inner.type == "LOC"  # 打掉一个流窜甲县、乙县的盗窃团伙
    return told or inner.type in NESTING.get(outer.type, ())
