"""Organisations that are not police: bodies with a head, brands, and nouns that point back."""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.bodies import BodyGrammar, BodyName
from kg.language.lexicon import lexicon
from kg.language.scan import Scan
from kg.language.text import Span
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

# Sites that could be read as bodies too (养老服务中心, 体育中心): places unless a partner in an act.
_SITES: Final = frozenset({"facility", "hospital", "school"})
_OFFICES: Final = ("委员会", "办公室", "协会", "志愿", "联席会")
_ACTOR: Final = re.compile(r"(?:医院|卫生院|林场|农场|牧场|煤矿|电厂)$")
_TOGETHER: Final = re.compile(r"[^，。；\n]{0,24}?(?:共同|联合|签|建立|召开|举行|合力|结对|共建|携手)")
_PARTNER: Final = re.compile(r"(?:联合|会同|协同|携手)$")


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the organisations of an article; places found before may begin their names."""
    functions = tuple(lexicon().terms("name.function"))
    taken = [
        Span(unit.start, unit.end)
        for unit in scan.unit_names
        # 渔政监督|支队: a rank alone may be the head of a body that is not police
        if not (unit.nominal and scan.text[: unit.start].endswith(functions))
        # 盐池县禁毒|委员会办公室
        if not (unit.segments[-1].kind == "alias" and scan.text.startswith(_OFFICES, unit.end))
    ]
    taken += [Span(match.start(), match.end()) for match in re.finditer(r"《[^》\n]*》", scan.text)]
    located = [Span(c.start, c.end) for c in found if c.type == "LOC" and not c.nominal]
    grammar = BodyGrammar(scan.text, scan.tokens, scan.places, scan.marked, taken, located)
    sites = {c.end for c in found if c.type == "LOC" and c.attributes.get("kind") in _SITES}
    named = [
        _candidate(name)
        for name in grammar.names()
        if name.end not in sites or _PARTNER.search(scan.text, max(0, name.start - 2), name.start)
    ]
    return [*named, *_partners(scan, found), *_pointing(scan)]


def _partners(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the hospitals and farms that act as a body: 联合X镇卫生院, 与Y林场共同."""
    return [
        Candidate("ORG", c.start, c.end, "organisation.partner", CERTAIN, attributes={"kind": "firm"})
        for c in found
        if c.type == "LOC" and not c.nominal and _ACTOR.search(scan.text, c.start, c.end)
        if _PARTNER.search(scan.text, max(0, c.start - 2), c.start)
        or (scan.text[: c.start].endswith("与") and _TOGETHER.match(scan.text, c.end))
    ]


def _candidate(name: BodyName) -> Candidate:
    weight = LIKELY if name.bare else CERTAIN
    return Candidate("ORG", name.start, name.end, f"organisation.{name.kind}", weight, attributes={"kind": name.kind})


def _pointing(scan: Scan) -> list[Candidate]:
    return [
        Candidate("ORG", mark.start, mark.end, "organisation.points-back", POSSIBLE, nominal=True)
        for mark in scan.marks("org.nominal")
    ]
