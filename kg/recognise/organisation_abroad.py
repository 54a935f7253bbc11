"""Bodies abroad: the police of another country (老挝警方), and missions there (中国驻老挝大使馆)."""

import re
from collections.abc import Iterator
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.regions import tuple_of
from kg.language.scan import Scan
from kg.recognise.candidate import CERTAIN, Candidate

# 我|驻老挝使馆, 中国驻清迈总领事馆
_MISSION: Final = re.compile(
    r"(?:中国)?驻[一-鿿]{2,8}?(?:大使馆|使馆|总领事馆|总领馆|领事馆)(?=[^区内]|$)"
)
_SCHOOLS: Final = ("学院", "学校", "大学", "署")


def abroad(scan: Scan) -> Iterator[Candidate]:
    """Yield the police and offices of other countries, missions there, bodies of many countries."""
    text = scan.text
    for mark in scan.marks("loc.country"):
        if mark.entry.term in lexicon().terms("loc.home"):
            continue
        body = next((b for b in tuple_of("org.abroad") if text.startswith(b, mark.end)), "")
        if body and not text.startswith(_SCHOOLS, mark.end + len(body)):
            yield _candidate(mark.start, mark.end + len(body))
    for mark in scan.marks("org.whole"):
        yield _candidate(mark.start, mark.end, CERTAIN)
    for match in _MISSION.finditer(text) if "馆" in text and "驻" in text else ():
        yield _candidate(*match.span())


def _candidate(start: int, end: int, weight: float = CERTAIN + 1) -> Candidate:
    kind = {"kind": "government"}
    return Candidate("ORG", start, end, "organisation.abroad", weight, attributes=kind)
