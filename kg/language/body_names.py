"""Which chains of body segments name an organisation: with a region, a name, or a partner before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.language.bodies import CENTRAL, BodySegment
from kg.language.lexicon import lexicon
from kg.language.regions import tuple_of
from kg.records import record

_BY_FUNCTION: Final = frozenset({"bureau", "centre", "brigade"})
_LEGAL_FORMS: Final = frozenset({"有限公司", "有限责任公司", "股份有限公司", "集团有限公司"})
_PARTY: Final = re.compile(r"党支部|党总支|党委|党组织|党组")
# 建湾村|党支部书记 is one of the village
_SECRETARY: Final = re.compile(r"(?:副|第一)?书记|委员")
_LOCAL: Final = re.compile("[村镇乡]党(?:支部|总支|委)")
_LOCAL_SIGNS: Final = 6
_SHORTEST_REPEAT: Final = 4
_SHORTEST_HEAD: Final = 3
_OPENS: Final = frozenset("，。；：、！？\n“”（")
_LONE: Final = re.compile(
    r"工作人员|职工|员工|工人|教员|执法人员|技术人员|负责人|[一-鿿]{1,4}(?:主任|科长|部长|经理|队长)"
    r"|则|当场|随即|立即|迅速|抢修"
)
_BARE_HEAD: Final = 3  # a longer head says what it does: 市场监管局
_CLASS_SIGNS: Final = "各某该本每"
_SPEAKERS: Final = frozenset("我你他她教让")
_LEARNS: Final = re.compile("大家|刚")
_FOUNDED: Final = ("工作站", "服务站")
_FOUNDS: Final = ("设立", "成立", "共建", "建立", "建起", "设置")
_COUNTED: Final = re.compile(r"[一二两三四五六七八九十几多数\d][余多]?[家个所]")  # 三家|合作社
_WIRED: Final = re.compile(r"[讯电]|[一-鿿]{2,6}[0-9]{1,2}月[0-9]{1,2}日[讯电]")
_CLOSED: Final = tuple("，。、；）\n")
# 洪泽湖湿地保护区|管理处: the office of a site is one by its site.
_OF_SITE: Final = re.compile(
    r"(?:(?:保护|景|开发|园|灌|度假|名胜|库|林|矿|示范|旅游)区|[林牧农渔]场|[园库湖山陵寺湾江河洞岛])$"
)
_DECIDES: Final = re.compile(
    "(?:决定|看望|慰问|授予|表彰|召开|举办|举行|印发|下发)(?![的组])|主要(?:领导|负责)|分管|副[省市县区旗州盟]"
)
# 县委|副书记, 县委|、县政府决定; in 在县委、县政府领导下 it is rhetoric
_COMMITTEE: Final = re.compile(rf"副?书记|常委|、[省市县区旗州盟]政府(?:{_DECIDES.pattern})")
_ACTING: Final = (
    *("将", "与", "积极", "主动", "组织", "开展", "联合", "会同", "为", "向", "还", "已", "共同"),
    *("举行", "举办", "派出", "捐赠", "负责"),
)


@record
class BodyName:
    """The name of an organisation in a text; ``bare`` if nothing but its head stands there."""

    start: int
    end: int
    segments: tuple[BodySegment, ...]
    bare: bool

    @property
    def kind(self) -> str:
        """Return what the organisation is (government, bureau, court, firm)."""
        return self.segments[-1].kind


_NEVER: Final = re.compile("[0-9]{4}年度|公安(?:法院|检察院|司法)")


class BodyNamer:
    """Makes names of the segments of one folded text."""

    def __init__(self, text: str) -> None:
        self._text = text
        terms = lexicon().terms
        self._joint = tuple_of("name.joint")
        self._classes = tuple_of("name.class")
        self._staff = (*tuple_of("name.staff"), *_CLOSED)
        self._venues = tuple_of("name.venue")
        self._needs = terms("name.needs")
        self._committees = terms("name.committee")
        self._only = terms("name.only")

    def names(self, segments: Iterable[BodySegment]) -> list[BodyName]:
        """Return the names, the later mentions of their last steps alone included."""
        names: list[BodyName] = []
        for chain in _chains(segments, self._text):
            listed = bool(names) and self._lists(names[-1], chain[0])
            name = self._name(chain, listed=listed)
            names += [name] if name is not None else []
        return [*names, *self._repeats(names)]

    def _lists(self, last: BodyName, first: BodySegment) -> bool:
        """Return whether a body stands in one list with a partner: 会同司法所、|村委会, 市监局、|供销社."""
        joint = self._text[last.end : first.start] in ("、", "和", "及")
        led = self._before(last.segments[0]).endswith(self._joint)
        return joint and led and (first.kind == "committee" or first.head in self._only)

    def _name(self, chain: tuple[BodySegment, ...], *, listed: bool) -> BodyName | None:
        chain = _without_party(chain)
        first = chain[0]
        venue = not first.prefixed and self._text.startswith(self._venues, chain[-1].end)
        venue = venue or (
            first.kind == "media" and _WIRED.match(self._text, chain[-1].end) is not None
        )
        if venue or self._is_class(first) or self._is_quoted(chain) or self._is_local(chain):
            return None
        if _NEVER.match(self._text, first.start):
            return None  # 2024年度党委|民主生活会, 公安法院|联动: the two of them
        if first.kind == "brand":
            lone = len(chain) == 1
            fits = not lone or first.function or (not first.flag and self._stands_free(first))
            return _made(chain, bare=lone and not first.function) if fits else None
        if first.prefixed or (first.head in self._committees and len(chain) > 1):
            fits = first.function or len(chain) > 1 or first.head not in self._needs
            fits = fits or _OF_SITE.search(self._text, first.start, first.core) is not None
            fits = fits or self._is_committee(chain[-1])
            return _made(chain, bare=False) if fits else None
        own = first.flag == "own" or listed or self._is_partner(first)
        own = own or self._is_committee(chain[-1])
        return _made(chain, bare=True) if own else None

    def _repeats(self, names: Sequence[BodyName]) -> Iterator[BodyName]:
        """Yield later mentions of a last step alone: …生态环境局|洱源分局, …市场|商户协会."""
        for name in names:
            last = name.segments[-1]
            for form in self._short_forms(name):
                right = name.end
                while (left := self._text.find(form, right)) >= 0:
                    right = left + len(form)
                    taken = any(other.start < right and left < other.end for other in names)
                    if not taken and (len(form) >= _SHORTEST_REPEAT or self._acts(left, right)):
                        segment = replace(last, start=left, own=left, core=left, end=right)
                        yield BodyName(left, right, (segment,), bare=True)

    def _short_forms(self, name: BodyName) -> list[str]:
        """Return what may stand for a name after it: its last step, what a firm is called (宏科电缆)."""
        last = name.segments[-1]
        start = last.start if len(name.segments) > 1 else last.core
        forms = [self._text[start : last.end]] if last.prefixed or last.function else []
        if last.function and start < last.core:  # 某工务段|某线路车间: 线路车间
            forms.append(self._text[last.core : last.end])
        if last.head in _LEGAL_FORMS and last.own < last.core:
            called = self._text[last.own : last.end - len(last.head)]
            forms += [called, called.removesuffix("科技")]
        if last.core < last.end and (last.function or last.head not in self._needs):
            forms.append(self._text[last.core : last.end])  # 锦州工务段: 工务段|职工
        return [form for form in dict.fromkeys(forms) if len(form) >= _SHORTEST_HEAD]

    def _acts(self, start: int, end: int) -> bool:
        """Return whether a bare head acts alone: 。工务段|职工, 通知|工务段|抢修."""
        opens = not start or self._text[start - 1] in _OPENS
        opens = opens or self._text.endswith(self._joint, 0, start)
        return opens and _LONE.match(self._text, end) is not None

    # -- what stands around -----------------------------------------------------------------

    def _before(self, segment: BodySegment, size: int = 3) -> str:
        return self._text[max(0, segment.start - size) : segment.start]

    def _is_class(self, first: BodySegment) -> bool:
        """Return whether it is a class of bodies (各镇政府), or rhetoric (县委、县政府)."""
        before = self._before(first)
        if self._text[first.start] in _CLASS_SIGNS or before.endswith(self._classes):
            return True
        learnt = self._text[first.start] in _SPEAKERS
        learnt = learnt or _LEARNS.search(self._text, first.start, first.core) is not None
        if first.kind == "association" and learnt:  # 我放|学会走路, 教大家|学会说不
            return True
        last = first.head.endswith(_FOUNDED)
        if last and self._text.endswith(_FOUNDS, 0, first.start):  # 挂牌成立|护企工作站
            return True
        rhetoric = first.head == "政府" and before.endswith(("委、", "委"))
        rhetoric = rhetoric and not _DECIDES.match(self._text, first.end)  # 县委、县政府|决定
        return rhetoric or _COUNTED.match(self._text, first.start, first.core) is not None

    def _is_quoted(self, chain: Sequence[BodySegment]) -> bool:
        """Return whether quotes hold the name alone: a figure of speech (“绿色银行”)."""
        start, end = chain[0].start, chain[-1].end
        return self._text[start - 1 : start] == "“" and self._text[end : end + 1] == "”"

    def _is_local(self, chain: Sequence[BodySegment]) -> bool:
        """Return whether one holds a post in the party of a village or town: 建湾村|党支部书记."""
        last = chain[-1]
        if not _PARTY.search(last.head) or _SECRETARY.match(self._text, last.end) is None:
            return False
        local = _LOCAL.search(self._text, last.end - _LOCAL_SIGNS, last.end) is not None
        return local and self._text.count(self._text[chain[0].start : last.end]) == 1

    def _is_committee(self, last: BodySegment) -> bool:
        """Return whether 县委 is one that acts or has a secretary, not rhetoric."""
        short = last.head == "委" or last.head in self._committees
        return short and _COMMITTEE.match(self._text, last.end) is not None

    def _stands_free(self, brand: BodySegment) -> bool:
        """Return whether a brand stands for the firm here, and not before a thing (美团|骑手)."""
        partner = self._before(brand).endswith(self._joint)
        opens = not brand.start or self._text[brand.start - 1] in "，。；：！？“\n"
        acts = opens and self._text.startswith(_ACTING, brand.end)  # 下一步，南京银行|将
        return partner or acts or self._text.startswith(self._staff, brand.end)

    def _is_partner(self, first: BodySegment) -> bool:
        """Return whether words like 联合 before a body with a function tell that it is one."""
        before = self._before(first)
        if not before.endswith(self._joint):
            return False
        joint = max((word for word in self._joint if before.endswith(word)), key=len)
        function = first.kind in _BY_FUNCTION and (first.function or len(first.head) > _BARE_HEAD)
        return bool(function or (first.kind == "committee" and len(joint) > 1))


def _made(chain: tuple[BodySegment, ...], *, bare: bool) -> BodyName:
    return BodyName(chain[0].start, chain[-1].end, chain, bare)


def _chains(segments: Iterable[BodySegment], text: str) -> Iterator[tuple[BodySegment, ...]]:
    """Yield the segments that touch together, or where one sits with another (海关|驻|甲办事处)."""
    chain: list[BodySegment] = []
    for segment in segments:
        end = chain[-1].end if chain else 0
        seated = text.startswith("驻", end) and segment.start == end + 1
        if chain and ((segment.start != end and not seated) or segment.flag == CENTRAL):
            yield tuple(chain)
            chain = []
        chain.append(segment)
    if chain:
        yield tuple(chain)


def _without_party(chain: tuple[BodySegment, ...]) -> tuple[BodySegment, ...]:
    """Return a chain without the party branch inside the body: 法院|刑事审判庭|党支部."""
    if len(chain) < 2 or not _PARTY.search(chain[-1].head):
        return chain
    rest = chain[:-1]
    return rest[:-1] if len(rest) > 1 and rest[-1].kind == "court" else rest
