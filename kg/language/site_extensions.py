"""Sites that go on with the name before them: 黄河街|步行街, 云蒙山|风景区, 经棚站|站前广场."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.names_left import is_namelike
from kg.language.place_name import LEVEL_KINDS, PlaceName
from kg.language.regions import tuple_of
from kg.language.site_stems import stems
from kg.language.tokens import Tokens

# Kinds whose heads with a weak meaning still go on with a name: 解放路|夜市.
_EXTENDING: Final = frozenset({"road", "market", "scenic", "park", "mall", "square", "estate"})
_OWN: Final = frozenset({"school", "hospital"})  # 沐恩社区|小学
HALLS: Final = ("文化礼堂", "文化活动室", "文化活动中心")
# What stands on a hill or by a lake without a name of its own: 马牙山|栈道, 桃花海|观景台.
UPON_NATURE: Final = ("栈道", "观景台", "会场", "观景平台", "观景点")
_NATURAL: Final = frozenset({"mountain", "water", "area"})
_APART: Final = frozenset(
    {("road", "商圈"), ("road", "出口"), ("station", "出口"), ("station", "广场")}
)  # 春熙路|商圈, 钦州东站|广场
_ESTATES: Final = frozenset({"estate", "zone"})
_JOINS: Final = frozenset("等的及和与")
_BRIDGES: Final = ("大桥", "特大桥")
_PARKS: Final = ("软件园", "产业园", "工业园", "工业园区", "科技园")
_STOPS: Final = frozenset({"scenic", "region", "road", "mountain", "square", "park"})
_RAIL: Final = ("号线", "地铁", "轨道交通", "轻轨", "轨交")
_BESIDE: Final = frozenset({"square", "station"})
_CLOSED: Final = re.compile(r"[、，。；）和出候广进的推客]|区?间|停车|接驳|下车|$")
_GAP: Final = 4  # signs of what a market deals in
_LONG_CHAIN: Final = 3
_COUNTED: Final = re.compile("第[一二三四五六七八九十]")
_SIDES: Final = (*"东西南北", "")
SIGHTS: Final = ("旅游景区", "风景区", "旅游区", "旅游度假区", "景区")


class SiteExtensions:
    """Tells in one folded text which heads extend a site; ``ends`` are its regions by their ends."""

    def __init__(self, text: str, tokens: Tokens, ends: Mapping[int, PlaceName]) -> None:
        self._text = text
        self._tokens = tokens
        self._region_ends = ends
        self._stems = stems()
        self._by_rail = any(word in text for word in _RAIL)

    def extends(self, last: PlaceName, head: Mark) -> bool:
        """Return whether a head goes on with the site before it: 黄河街|步行街, 云蒙山|风景区."""
        touches = last.end == head.start and self._continues(last, head)
        return touches or self._is_named_by(last, head)

    def _continues(self, last: PlaceName, head: Mark) -> bool:
        kind = head.entry.value
        own = last.kind in LEVEL_KINDS and not kind.startswith("road")
        own = own and not (last.kind == "village" == kind)  # 新立屯|村
        itself = last.kind == "region" and head.entry.term in tuple_of("name.itself")
        own = own or itself  # 赤岩镇|正街
        own = own and head.entry.term not in _PARKS  # 中关村|软件园
        own = own and kind.partition(":")[0] not in _OWN  # 沐恩社区|小学, 达道湾镇|小学
        own = own and head.entry.term not in HALLS  # 下淤村|文化礼堂
        own = own and not (last.kind == "village" and kind == "market")  # 朝阳村|木材市场
        own = own or (last.kind in ("scenic", "square") and kind == "road")  # 平遥古城|南大街
        own = own and not self.is_sight(last.end, head.start)
        own = own or (last.kind == "school" and kind.startswith("facility"))  # 某学院|图书馆
        own = own and not (
            last.kind == "village" and head.entry.term.endswith("景区")
        )  # 通天寨|景区
        own = own or (last.kind in _NATURAL and head.entry.term in UPON_NATURE)
        doubled = self._text.endswith(head.entry.term, 0, last.end)  # 经棚站|站前
        return last.rule.startswith("site") and not own and not doubled

    def _is_named_by(self, last: PlaceName, head: Mark) -> bool:
        """Return whether the site before a head names it, with what it deals in between.

        磨湾村|果品交易市场, 东北师范大学|净月校区.
        """
        kind, gap = head.entry.value.partition(":")[0], self._text[last.end : head.start]
        if head.entry.term in _BRIDGES and last.kind in _NATURAL:
            return gap in lexicon().terms("loc.river")  # 小西湖|黄河大桥
        if kind in _ESTATES and last.kind in _NATURAL:
            plain = 0 < len(gap) <= _GAP and gap.isalnum() and gap[0] not in _JOINS
            return plain and not is_namelike(
                self._tokens, last.end, head.start
            )  # 翠山湖|科技产业园
        if not 0 < len(gap) <= _GAP or not gap.isalnum() or "的" in gap:
            return False
        if kind == "school":
            counted = last.kind == "road" and _COUNTED.fullmatch(gap)  # 愚园路|第一小学
            return bool(counted) or (last.kind == "school" and head.entry.term == "校区")
        plain = last.kind in ("village", "community") and kind == "market"
        return plain and not is_namelike(self._tokens, last.end, head.start)

    def extended(self, last: PlaceName, head: Mark) -> PlaceName | None:
        """Return the site before a head with it, None where it ends before the head."""
        kind, _, flag = head.entry.value.partition(":")
        if last.end < head.start:
            return replace(last, end=head.end, kind=kind, rule=f"site.{kind}")
        weak = flag == "part" or (flag == "strict" and kind not in _EXTENDING)
        stop = head.entry.term == "站" and last.kind in _STOPS
        if stop and (
            self._by_rail or _CLOSED.match(self._text, head.end)
        ):  # 平遥古城|站、, 青龙桥|站
            return replace(last, end=head.end, kind=kind, rule=f"site.{kind}")
        port = head.entry.term.endswith("码头") and self._text[last.end - 1] == "港"
        apart = (last.kind, head.entry.term) in _APART and self._text[last.end - 1] != "港"
        if port or apart:  # 庄河港|码头, but 潭门渔港|广场
            return None
        beside = self._text[head.end : head.end + 1] in ("头", "旁", "下")  # 玄武湖桥|头
        beside = beside or head.entry.term == "村"  # 九沙坪|村停了
        if weak or not (beside or self._tokens.is_edge(head.end)):  # 人民大街|路口
            return None
        start = last.start
        if kind in LEVEL_KINDS:  # 虎头镇|半站|村
            start = max((at for at in range(start, last.end) if self._ends_sure(at)), default=start)
        while kind in _OWN and (region := self._region_ends.get(start)) is not None:
            if kind == "school" and self._text[region.end - 1] in "镇乡":  # 野马川镇|野马川中学
                break
            start = region.start  # 石门县|壶瓶山|中学
        return replace(last, start=start, end=head.end, kind=kind, rule=f"site.{kind}")

    def _ends_sure(self, at: int) -> bool:
        region = self._region_ends.get(at)
        return region is not None and region.sure

    def beside(self, last: PlaceName | None, head: Mark, kind: str) -> PlaceName | None:
        """Return a square or station named by the site before it: 经棚站|站前广场, 芷江古城|旅游客运站.

        Its sides are not: 商丘站|东广场.
        """
        if last is None or kind not in _BESIDE or last.kind in LEVEL_KINDS:
            return None
        if last.kind == kind:  # 绥芬河站|国际候车室
            return None
        gap = self._text[last.end : head.start]
        fits = len(gap) < 3 and gap not in _SIDES and self._stems.is_generic(gap)
        return replace(last, end=head.end, kind=kind, rule=f"site.{kind}") if fits else None

    def last_of_chain(self, start: int, end: int) -> int | None:
        """Return where the last of three regions or more begins, which together name no school."""
        begins = []
        while end > start and (region := self._region_ends.get(end)) is not None:
            begins.append(region.start)
            end = region.start
        return begins[0] if len(begins) >= _LONG_CHAIN and end == start else None

    def is_sight(self, end: int, head: int) -> bool:
        """Return whether an old town or village is a sight as a whole: 芙蓉镇|景区."""
        return self._text[end - 1] in "镇村寨" and self._text.startswith(SIGHTS, head)
