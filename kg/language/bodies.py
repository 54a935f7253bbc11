"""The grammar of organisations that are not police: [regions or level] [name] function head.

Like unit names they are read from their heads leftwards, and segments that touch make one name
(X市中级人民法院|Y法庭, 中国农业银行|X县支行). body_names.py decides which chains of segments name one.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.language.body_places import LONGEST_GAP, BodyPlaces
from kg.language.lexicon import Mark, lexicon, outermost
from kg.language.names_left import NameReader, is_namelike
from kg.language.regions import Places, tuple_of
from kg.language.taken import Placed, Taken
from kg.language.tokens import Tokens
from kg.language.words import known
from kg.records import record

_LONGEST_FUNCTION: Final = 14
_LONGEST_NAME: Final = 16
_FORMAL: Final = ("有限公司", "有限责任公司", "股份公司")
_LONGEST_REGION: Final = 5
_LEVEL: Final = re.compile(
    r"全国|国家|自治区|苏木|街道|嘎查|社区|经开区|开发区|高新区|度假区|园区|[省市州盟县旗区镇乡]委|[省市州盟县旗区镇乡村]"
)
_LAST_LEVEL: Final = re.compile(rf"(?:{_LEVEL.pattern})$")
_COUNTED: Final = re.compile(r"(?:[0-9]+|[一二两三四五六七八九十百]+)余?多?[家个户](?!人)")
_ORDINAL: Final = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}|(?:第?[一二三四五六七八九十]{1,3}|第\d{1,2})届)$"
)
_BRACKET: Final = re.compile(r"（[^（）\n]{1,8}）$")
_BRANCH: Final = re.compile(r"[银商]行[一-鿿]{2,4}")
_GAP: Final = re.compile(r"[一-鿿·〇0-9A-Za-z“”]+")
# 兵团|第四师七十四团
_CORPS: Final = re.compile(
    r"(?:第?[一二三四五六七八九十\d]+师)?(?:第?[一二三四五六七八九十百\d]+团)?"
)
# Kinds that bear a name of their own; a bureau or court has only its region, but for a few heads.
CENTRAL: Final = ":central"  # what marks a body that the state has one of, or a paper of its own
_OTHER_WORD: Final = re.compile("部[门署分位落]|法[治定律制]|检[测查验修]|院令")
_NAMED_KINDS: Final = frozenset(
    {"firm", "association", "institute", "brigade", "media", "committee"}
)
_VERBAL: Final = tuple(f"会同{level}" for level in "市县区旗镇乡")
_JOINTS: Final = ("会同", "联合", "和", "与", "及")
_TOWNS: Final = tuple("乡镇")
_PERSON_AND: Final = re.compile("[一-鿿]{2,4}?[和与、](?=[一-鿿]{2})")
_TEAM_AND: Final = re.compile("[组队所员警们][和与及](?=[县市旗镇乡])")
_DONE: Final = ("了", "起", "好", "成", "妥", "过")
_NAMED_HEADS: Final = re.compile(
    r"(?:站|所|段|林业局|海事[处局]|海关|航道[处局]|联合社|社[会工](?:工作)?服务中心|公益(?:服务|发展)?中心)$"
)
_OF_BRANDS: Final = ("小区", "超市", "广场", "花园", "公寓", "酒店", "宾馆", "影城", "商城", "城")
_WHOLE_TAGS: Final = frozenset({"nt", "nz", "new", "ns"})

# The office of a bureau in a town: 县市场监管局|双龙所.
_OFFICE: Final = re.compile(r"[一-鿿]{2,3}所(?![在有属长谓以需谓用示述])")


@record
class BodySegment:
    """One step of a body's name; ``prefixed`` if region, level or name stand before its ``core``.

    Its ``own`` name begins behind the regions: 湘潭|宏科电缆有限公司.
    """

    start: int
    own: int
    core: int
    end: int
    kind: str
    flag: str
    head: str
    prefixed: bool
    function: bool


class BodyReader(BodyPlaces):
    """Reads the segments of one folded text; ``located`` are the places found before."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        places: Places,
        marked: dict[str, list[Mark]],
        taken: Sequence[Placed],
        located: Sequence[Placed],
    ) -> None:
        super().__init__(text, places, located)
        self._tokens = tokens
        self._marked = marked
        self._taken = Taken(len(text), taken)
        self._reader = NameReader(text, tokens, places)
        terms = lexicon().terms
        self._posts = tuple_of("name.post")
        self._taking = tuple_of("name.taking")
        self._joint = tuple_of("name.joint")
        self._functions = terms("name.function")
        self._unnamed = terms("name.unnamed")

    def segments(self) -> Iterator[BodySegment]:
        """Yield the segments in order of place."""
        before, kept = 0, None
        heads, brands = self._marked.get("org.head", []), self._marked.get("org.brand", [])
        marks = heads if not brands else sorted((*heads, *brands), key=lambda m: (m.start, -m.end))
        for mark in outermost(marks):
            if mark.entry.value.endswith(CENTRAL):
                segment = self._central(mark)
            else:
                segment = self._segment(mark, before if before <= mark.start else 0)
            if segment is None:
                continue
            if kept is not None and kept.end > mark.start:  # 中共南充市委|党校: two heads share 委
                kept = replace(segment, start=min(kept.start, segment.start))
                before = kept.end
                continue
            if kept is not None:
                yield kept
            kept, before = segment, segment.end
        if kept is not None:
            yield kept

    def _segment(self, mark: Mark, before: int) -> BodySegment | None:
        if self._taken.touches(mark.start, mark.end) or self._is_bracketed(mark):
            return None
        brand = mark.entry.klass == "org.brand"
        if not brand and not self._ends_well(mark):
            return None
        kind, _, flag = mark.entry.value.partition(":")
        floor = max(before, self._taken.end_before(mark.start))
        if brand:
            return self._brand(mark, flag, floor)
        core = self._function_start(mark, floor)
        start = self._prefix_start(core, floor, mark)
        if before and start > before:
            start = self._over_gap(start, before)
        if start in self._taken.ends:
            return None
        if _COUNTED.search(self._text, start, core):  # 走访池店镇|5家鞋材厂
            return None
        named, does = start < core, core < mark.start
        own = self._behind_regions(start, core) if kind == "firm" else start
        end = self._office_end(mark.end) if kind == "bureau" else mark.end
        return BodySegment(start, own, core, end, kind, flag, mark.entry.term, named, does)

    def _central(self, mark: Mark) -> BodySegment | None:
        """Return a body of which there is one: 最高法最高检司法部 are three; but 教育|部署."""
        start, end, term = mark.start, mark.end, mark.entry.term
        if self._taken.touches(start, end) or _OTHER_WORD.match(self._text, end - 1):
            return None
        kind = mark.entry.value.removesuffix(CENTRAL)
        return BodySegment(start, start, start, end, kind, CENTRAL, term, True, False)

    def _office_end(self, end: int) -> int:
        """Return where the office of a bureau in a town ends, else ``end``: 县市场监管局|双龙所."""
        office = _OFFICE.match(self._text, end) if self._text[end - 1] == "局" else None
        if office is None or not self._tokens.is_edge(end):
            return end
        stop = office.end() - 1
        town = self._reader.start(stop, end, 4) == end
        town = town and (
            self._named.is_name(self._text[end:stop]) or is_namelike(self._tokens, end, stop)
        )
        return office.end() if town else end

    def _brand(self, mark: Mark, flag: str, floor: int) -> BodySegment | None:
        """Return a firm known by its name, with the region or level before it: 市|蓝天救援队."""
        if not (self._tokens.is_edge(mark.start) and self._tokens.is_edge(mark.end)):
            return None
        if self._text.startswith(_OF_BRANDS, mark.end):  # 沃尔玛|超市 is a place
            return None
        start, end = self._chain_start(mark.start, floor), mark.end
        level = start - 1 >= floor and self._text[start - 1] in "市县区旗"
        if start == mark.start and level and self._is_level(start - 1, start, start):
            start -= 1
        corps = _CORPS.match(self._text, end) if mark.entry.term.endswith("兵团") else None
        if corps and corps[0]:
            end, flag = corps.end(), ""
        own = end > mark.end or start < mark.start
        return BodySegment(
            start, mark.start, mark.start, end, "brand", flag, mark.entry.term, True, own
        )

    def _is_bracketed(self, mark: Mark) -> bool:
        """Return whether brackets hold just the head: X（集团）有限公司."""
        closed = self._text.startswith("）", mark.end)
        return closed and self._text[mark.start - 1 : mark.start] == "（"

    # -- leftwards --------------------------------------------------------------------------

    def _function_start(self, mark: Mark, floor: int) -> int:
        """Return where the functions and numbers before a head begin (林业和草原|局)."""
        start = mark.start
        for end in range(start + 1, mark.end):
            if end in self._places:
                return start  # 建设街道|办事处: what looks like a function is a place's
        does = len(mark.entry.term) > 3  # the head has a function too: 城市管理和|综合执法局
        while start not in self._places:  # 宏村镇|政府 is no 村镇 + 政府
            step = self._step(start, floor, joins=does or start < mark.start)
            if step == start:
                break
            start = step
        number = _ORDINAL.search(self._text, max(floor, start - 5), start)
        return number.start() if number else start

    def _step(self, end: int, floor: int, *, joins: bool) -> int:
        """Return where one more function that ends at ``end`` begins, over an inner 和 too."""
        ends = self._text[end - 1 : end] in _function_ends()
        for size in range(min(_LONGEST_FUNCTION, end - floor), 1, -1) if ends else ():
            if self._text[end - size : end] in self._functions:
                return end - size
        if joins and end > floor and self._text[end - 1] in "和与及":
            step = self._step(end - 1, floor, joins=False)
            return end if step == end - 1 else step
        return end

    def _prefix_start(self, core: int, floor: int, mark: Mark) -> int:
        """Return where region, level or proper name before the core begin."""
        bracket = None
        if self._text.endswith(("）", "）\n"), floor, core):
            bracket = _BRACKET.search(self._text, max(floor, core - 10), core)
            core = bracket.start() if bracket else core
        chain = self._chain_start(core, floor)
        if chain == core:
            chain = self._chain_into(mark, floor)
        if mark.entry.value.startswith("firm") and chain < core:  # 湖南华菱|湘潭|钢铁
            name = min(chain, self._reader.start(core, floor, _LONGEST_NAME))
            chain = self._with_chain(name, core, floor)
        start = chain if chain < core else self._name_start(core, floor, mark)
        if bracket and self._named.is_region(bracket[0][1:-1]):
            start = self._behind_regions(start, core, official=True)
        elif mark.entry.term.endswith(_FORMAL) and not self._goes_up(start, core):
            start = self._from_region(start, floor)
        if self._text.startswith(_VERBAL, start) and start + 2 < core:  # ，会同|县市场监管局
            start += 2 * (self._places.get(start + 3) != start)
        start = self._behind_person(start, core)
        return self._over_bracket(start, floor) if start < core else start

    def _behind_person(self, start: int, core: int) -> int:
        """Return where a name goes on behind one who holds a post, or is taken along.

        主任刘信根和|衢山司法所, 王所长拉上|镇司法所, 专案组和|县市场监督管理局.
        """
        for term in self._taking:
            at = self._text.rfind(term, max(0, start - 1), core)
            behind = at + len(term)
            if at < 0 or behind >= core:
                continue
            if at >= start or self._is_taken_along(term, start, behind, core):
                start = behind
        team = _TEAM_AND.search(self._text, start, core)
        start = team.end() if team else start
        joint = _PERSON_AND.match(self._text, start, core)
        if joint is None or not self._text.endswith(self._posts, 0, start):
            return start
        return joint.end()

    def _is_taken_along(self, term: str, start: int, behind: int, core: int) -> bool:
        """Return whether a name only seems to begin with 上: 约上|岗底村, 请上|谋道, but 请|上海."""
        if self._named.is_name(self._text[behind:core]):
            return True
        region = any(found.start == 0 for found in self._named.inside(start, core))
        return term[0] != "请" and not region

    def _over_bracket(self, start: int, floor: int) -> int:
        """Return where a name begins that goes on before a place in brackets: 元翔（厦门）|国际…公司."""
        bracket = None
        if self._text[start - 1 : start] == "）":
            bracket = _BRACKET.search(self._text, max(floor, start - 10), start)
        if bracket is None or not self._named.is_region(bracket[0][1:-1]):
            return start
        begin = bracket.start()
        name = self._reader.start(begin, floor, _LONGEST_NAME)
        return self._behind_regions(name, begin, official=True)

    def _name_start(self, core: int, floor: int, mark: Mark) -> int:
        start = self._reader.start(core, floor, _LONGEST_NAME)
        level = _LEVEL.match(self._text, start, core)
        if level and self._is_level(*level.span(), core):
            return self._chain_start(start, floor)  # 海北州|国家保密局
        level = _LAST_LEVEL.search(self._text, max(floor, core - 3), core)
        if level and self._is_level(*level.span(), core):
            return self._chain_start(level.start(), floor)
        chain = self._with_chain(start, core, floor)
        if chain < start or self._starts_with_region(start, core):
            return chain
        region = self._region_start(core, floor)
        if region < core:
            return region
        kind = mark.entry.value.partition(":")[0]
        named = kind in _NAMED_KINDS or _NAMED_HEADS.search(mark.entry.term)
        return start if named and not self._is_generic(self._text[start:core]) else core

    def _region_start(self, core: int, floor: int) -> int:
        """Return where a county called like a word begins that opens a name: 、|修水|生态环境局."""
        starts = range(max(floor, core - _LONGEST_REGION), core - 1)
        for start in starts:
            if not self._opens(start):
                continue
            form = self._text[start:core]
            if form not in self._joint and self._named.is_region(form):
                return start
        return core

    def _opens(self, start: int) -> bool:
        """Return whether a sign or a word like 联合 stands before ``start``."""
        before = self._text[max(0, start - 3) : start]
        return not _GAP.match(before[-1:]) or before.endswith(self._joint)

    def _chain_into(self, mark: Mark, floor: int) -> int:
        """Return the start of a place that shares its last signs with the head: 玉合村|委会."""
        for end in range(mark.start + 1, mark.end):
            begin = self._places.get(end)
            if begin is not None and floor <= begin < mark.start:
                return self._chain_start(begin, floor)
        return mark.start

    def _over_gap(self, start: int, before: int) -> int:
        """Return the end of the segment before if a name fills the gap to it: …法院|巴彦高勒|法庭."""
        gap = self._text[before:start]
        if self._text.startswith("支行", start) and _BRANCH.fullmatch(
            self._text, before - 2, start
        ):
            return before  # 农商银行|黑沿子|支行
        if gap.startswith(self._posts):  # 综治中心|调解员陆华清和|双溪社区居民委员会
            return start
        if len(gap) > LONGEST_GAP or not _GAP.fullmatch(gap) or gap.endswith(self._joint):
            return start
        return before if self._reader.start(start, before, LONGEST_GAP) == before else start

    # -- tests ------------------------------------------------------------------------------

    def _is_level(self, start: int, end: int, core: int) -> bool:
        """Return whether 县, 旗 … stand for themselves: no 辖|区, no 城|镇, no 省|际."""
        word = self._tokens.at(start)
        alone = (word.start, word.end) == (start, end)
        joint = next((len(term) for term in _JOINTS if word.text.startswith(term)), 0)
        alone = alone or (joint > 0 and word.start + joint == start)  # 公安局|和|县住建局
        if self._text[start:end] == "州":  # 真州|司法所
            alone = alone or (word.start == start and word.end > core)  # 州政府
            before = self._tokens.at(start - 1).text if start else "，"
            return alone and (len(before) > 1 or before in _JOINTS or not "一" <= before <= "鿿")
        return alone or not known(word.text) or (word.start == start and word.end > core)

    def _is_generic(self, stem: str) -> bool:
        return len(stem) < 2 or stem[-1] in "类型性" or self._is_made_of_generic(stem)

    def _is_made_of_generic(self, stem: str) -> bool:
        plain = stem in self._unnamed or stem in self._functions
        return plain or any(
            (stem[:size] in self._unnamed or stem[:size] in self._functions)
            and self._is_made_of_generic(stem[size:])
            for size in range(len(stem) - 1, 0, -1)
        )

    def _ends_well(self, mark: Mark) -> bool:
        """Return whether a head is a word or ends one: no 局|面, no 办|理."""
        size = mark.end - mark.start
        after = self._text[mark.end : mark.end + 1]
        member = after == "员" and mark.entry.term[-1] == "队"  # 扑火队|员
        member = member or (after == "区" and mark.entry.term[-1] == "社")  # 新华|社区
        member = member or self._text.startswith("会商会", mark.start - 1)  # 视频会商|会
        counted = size == 1 and self._text[mark.start - 1 : mark.start].isdigit()  # 开放3|处
        if member or counted or (size == 1 and after in _TOWNS):  # 新平县老|厂|乡
            return False
        if self._tokens.is_edge(mark.end):
            if size == 1 and self._text.startswith(_DONE, mark.end):  # 给商户|办|了
                return False
            whole = size > 1 or self._tokens.is_edge(mark.start)
            whole = whole or self._tokens.at(mark.start).tag in _WHOLE_TAGS
            return whole or self._step(mark.start, 0, joins=False) < mark.start
        if self._text.startswith(self._posts, mark.end):  # 协会|会长
            return True
        last = self._tokens.at(mark.end - 1)
        does = self._step(mark.start, 0, joins=False) < mark.start
        if size == 1:  # 民政|办|会先列出
            return does and last.tag == "new" and last.start == mark.start
        common = known(last.text) and (
            size < 3 or mark.entry.term.endswith(("办", "社"))
        )  # 应急|办证
        return last.start > mark.start and (does or not common)


@functools.cache
def _function_ends() -> frozenset[str]:
    """Return the signs that functions end in."""
    return frozenset(term[-1] for term in lexicon().terms("name.function"))
