"""Organisations that are not police: bodies with a head, brands, and nouns that point back."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.language.bodies import BodyReader
from kg.language.body_branches import BranchReader
from kg.language.body_names import BodyName, BodyNamer
from kg.language.names_left import NameReader
from kg.language.regions import tuple_of
from kg.language.scan import Scan
from kg.language.taken import Placed
from kg.language.text import Span
from kg.language.units import UnitName
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate
from kg.recognise.organisation_abroad import abroad

# Sites that could be read as bodies too (养老服务中心, 体育中心): places unless a partner in an act.
_SITES: Final = frozenset({"facility", "hospital", "school"})
_OF_TOWN: Final = re.compile(
    r"[一-鿿]{1,8}?(?P<level>[镇乡村]|街道|苏木|嘎查|社区)"
    r"(?P<head>人民政府|政府|党委|司法所|综治中心|办事处|村委会|居委会|委员会)\Z"
)
_SURER: Final = CERTAIN + 1  # than that the town is just a place
_DOCUMENT: Final = re.compile(r"《[^》\n]*》")
_ALONE: Final = frozenset("，。；：、“”（\n 和与由对向经")
_OF_IT: Final = re.compile(r"[、卡账柜网]|工作人员|职工|员工|人员")  # 银行卡, 企业员工: any of them
_TOGETHER: Final = re.compile(
    r"[^，。；\n]{0,24}?(?:共同|联合|签|建立|召开|举行|举办|合力|结对|共建|携手|一道|一起|一同)"
)
_FURTHER: Final = re.compile(
    "[一-鿿]{0,2}(?:广场|大厦|大楼|医院|中学|小学|学校|幼儿园|公园|花园|小区)"
)
_LISTED: Final = re.compile(r"[^，。；：\n在到进赴入]{2,40}[、和及]\Z")


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the organisations of an article; places found before may begin their names."""
    places = [c for c in found if c.type == "LOC" and not c.nominal]
    documents = (Span(*match.span()) for match in _DOCUMENT.finditer(scan.text))
    taken: list[Placed] = [
        *(unit for unit in scan.unit_names if not _is_civil(scan, unit)),
        *documents,
    ]
    reader = BodyReader(scan.text, scan.tokens, scan.places, scan.marked, taken, places)
    sites = {place.end for place in places if _is_site(scan, place)}
    branches = BranchReader(scan.text, scan.tokens, NameReader(scan.text, scan.tokens, scan.places))
    names = [
        _candidate(name, branches.end(name.end))
        for body in BodyNamer(scan.text).names(reader.segments())
        for name in (_without_site(body, sites),)
        if name.end not in sites or _is_partner(scan, name.start)
    ]
    names = [name for name in names if not _goes_on(scan, name, places)]
    shared = _shared(scan, names, places)
    return [
        *abroad(scan),
        *names,
        *shared,
        *_partners(scan, places),
        *_pointing(scan),
        *_bare(scan, names),
    ]


def _without_site(name: BodyName, sites: Collection[int]) -> BodyName:
    """Return a body without the site of its own that stands right behind: X集团|Y露天煤矿."""
    if name.end not in sites or len(name.segments) == 1 or name.segments[-1].start in sites:
        return name
    *kept, last = name.segments
    firm = kept[-1].kind == last.kind == "firm"
    return replace(name, end=kept[-1].end, segments=tuple(kept)) if firm else name


def _goes_on(scan: Scan, name: Candidate, places: Sequence[Candidate]) -> bool:
    """Return whether a place goes on behind what looks like a body: 县体育中心|广场."""
    return any(
        place.start <= name.start and _FURTHER.fullmatch(scan.text, name.end, place.end)
        for place in places
    )


def _shared(
    scan: Scan, names: Sequence[Candidate], places: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the towns of a list of bodies that share a head: 和|义宁镇|、渣津镇人民政府."""
    starts = {place.end: place.start for place in places}
    ends = {name.end for name in names}
    for name in names:
        at = name.start
        listed = scan.text.startswith("、", at - 1)
        body = _OF_TOWN.match(scan.text, at, name.end) if listed else None
        while body and scan.text.startswith("、", at - 1):
            start, end = starts.get(at - 1, at), at - 1
            joined = start - 1 in ends and scan.text[start - 1] in "、和与及"
            if start == at or not scan.text.endswith(body["level"], start, end):
                break
            if not (joined or _is_partner(scan, start)):
                break
            mark = {"kind": name.attributes["kind"], "head": body["head"]}
            yield Candidate("ORG", start, end, "organisation.shared-head", _SURER, attributes=mark)
            at = start


_AT: Final = ("在", "到", "走进", "来到")
_CLINICS: Final = ("卫生院", "卫生服务中心")
_SIGNS: Final = re.compile(r"(?:共同|联合|分别)?签[订署下]")
_STAFF: Final = re.compile(r"[^，。；、]{0,6}?(?:副?教授|副?校长|党委|学生志愿者)")
_NUMBERED: Final = re.compile(r"等[\d一二三四五六七八九十]{1,3}[个家]?(?:成员)?(?:单位|部门)")
_COMES: Final = re.compile(
    r"的?(?:医生|医护|急救|救护|护士|巡诊)|(?:工作)?人员[也均]?(?:陆续|先后|相继|迅速)|闻讯|赶[往到赴]|支援|参加|在[^，。]{1,4}(?:值守|待命)"
)


def _is_site(scan: Scan, place: Candidate) -> bool:
    kind = place.attributes.get("kind")
    # X汽车客运中心, X环球金融中心
    house = kind in ("station", "mall") and scan.text.endswith(("中心", "总站"), 0, place.end)
    return house or kind in _SITES


def _is_civil(scan: Scan, unit: UnitName) -> bool:
    """Return whether what looks like a unit may be part of a body: 渔政监督|支队, 禁毒|委员会."""
    if unit.nominal:
        first = unit.segments[0]
        managed = first.head == "分局" and scan.text.endswith(
            "管理", 0, unit.start
        )  # 公路管理|分局
        return not first.pointer and (managed or first.head.endswith("队"))
    alias = unit.segments[-1].kind == "alias"
    return alias and scan.text.startswith(tuple_of("name.office"), unit.end)


def _is_partner(scan: Scan, start: int) -> bool:
    """Return whether 联合, 会同 … stand before ``start``, or before the list that it belongs to."""
    text, partners = scan.text, tuple_of("name.partner")
    if text.endswith(partners, 0, start):
        return True
    if not text.endswith(("、", "和", "及"), 0, start):
        return False
    left = max(0, start - 44)
    led = max(
        (at + len(word) for word in partners if (at := text.rfind(word, left, start)) >= 0),
        default=0,
    )
    return bool(led) and _LISTED.match(text, led, start) is not None


def _partners(scan: Scan, places: Sequence[Candidate]) -> list[Candidate]:
    """Return the hospitals and farms that act as a body: 联合X镇卫生院, 与Y林场共同."""
    return [
        Candidate(
            "ORG", c.start, c.end, "organisation.partner", CERTAIN, attributes={"kind": "firm"}
        )
        for c in places
        if scan.text.endswith(tuple_of("name.actor"), 0, c.end)
        and (_is_partner(scan, c.start) or _acts_with(scan, c))
    ]


def _left_school(scan: Scan, end: int) -> bool:
    """Return whether somebody finished school: 从|河南警察学院|毕业."""
    return scan.text.startswith("毕业", end)


def _acts_with(scan: Scan, place: Candidate) -> bool:
    if _NUMBERED.match(scan.text, place.end):  # 、X县人民医院|等7家单位
        return True
    listed = scan.text.endswith(("、", "与", "和"), 0, place.start)
    if listed and _SIGNS.match(scan.text, place.end):  # 与A海关、X农场|签订
        return True
    if scan.text.endswith(("学院", "大学"), 0, place.end):
        host = scan.text.endswith(_AT, 0, place.start)  # 在|湖南师范大学|举办讲座
        acts = scan.text.startswith(tuple_of("name.acting"), place.end)
        acts = acts or _STAFF.match(scan.text, place.end) is not None
        acts = acts or (scan.text.endswith("从", 0, place.start) and _left_school(scan, place.end))
        if host or acts:
            return acts and not host
    house = scan.text.endswith(("院", "文化馆"), 0, place.end)
    if house and scan.text.startswith(tuple_of("name.treating"), place.end):
        return True
    clinic = scan.text.endswith(_CLINICS, 0, place.end)
    if clinic and _COMES.match(scan.text, place.end):  # 施洞镇卫生院|在江边值守
        return True
    led = scan.text.endswith(("与", "又同", "还同"), 0, place.start)
    return led and _TOGETHER.match(scan.text, place.end) is not None


def _candidate(name: BodyName, end: int) -> Candidate:
    weight = LIKELY if name.bare else CERTAIN
    rule = f"organisation.{name.kind}"
    return Candidate("ORG", name.start, end, rule, weight, attributes={"kind": name.kind})


def _bare(scan: Scan, names: Sequence[Candidate]) -> list[Candidate]:
    """Return the bare heads (协会, 银行) that stand for the one body so named before them."""
    found = []
    for mark in scan.marks("org.bare"):
        alone = mark.start == 0 or scan.text[mark.start - 1] in _ALONE
        if not alone or not scan.tokens.is_edge(mark.start):
            continue
        ends = tuple(mark.entry.value.split())
        meant = {
            scan.text[name.start : name.end]
            for name in names
            if name.end <= mark.start and scan.text.endswith(ends, name.start, name.end)
        }
        one = len({name[-8:] for name in meant}) == 1
        if one and _closes(scan, mark.end) and not _OF_IT.match(scan.text, mark.end):
            found.append(
                Candidate("ORG", mark.start, mark.end, "organisation.bare", POSSIBLE, nominal=True)
            )
    return found


def _closes(scan: Scan, end: int) -> bool:
    """Return whether a word ends at ``end``, or a post stands behind it."""
    return scan.tokens.is_edge(end) or scan.text.startswith(tuple_of("per.post"), end)


def _pointing(scan: Scan) -> list[Candidate]:
    return [
        Candidate("ORG", mark.start, mark.end, "organisation.points-back", POSSIBLE, nominal=True)
        for mark in scan.marks("org.nominal")
    ]
