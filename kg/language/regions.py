"""Which regions of the gazetteer stand where in a text."""

import bisect
import functools
import itertools
import operator
import re
from collections.abc import Callable, Iterable
from typing import Final

from kg.gazetteer import Found, Gazetteer
from kg.language.lexicon import lexicon, read_rows
from kg.language.region_verbs import is_verb
from kg.language.tokens import Tokens
from kg.resources import DATA

_OFFICIAL: Final = re.compile(
    r"(?:省|市|县|区|旗|州|盟|镇|乡|苏木|街道|地区|自治区|村|嘎查|社区|兵团)$"
)
_SHORT_OFFICIAL: Final = re.compile(r".[县旗盟镇乡区]$")
# 余姚|梁弄镇: what stands before a town is its county.
_CHAINED: Final = re.compile(r"[一-鿿]{2,3}(?:镇(?![静定守])|乡(?![村亲土下])|街道|苏木)")
# 武隆|的黄先生: where somebody comes from.
_HOME: Final = re.compile("[的人][一-鿿](?:先生|女士|某|大爷|大妈|大娘|大姐|大叔|老汉|师傅|阿姨)")
# 昭觉|县城, but 榕江县|城关派出所, 榕江县|城南社区
_COUNTY_TOWN: Final = re.compile(
    "县城(?![关区厢郊市镇乡管]|[东西南北中](?:新区|[路街桥环门]"
    "|[一-鿿]{0,2}(?:社区|村|小学|中学|幼儿园|派出所|街道|广场)))"
)
_START: Final = operator.attrgetter("start")
_BREAKS: Final = "\n■（【、—，。：； "


# 射阳|湖, 兴化|屯: what a name of its own ends with that begins like a region; 河南, 村民 do not.
_FEATURES: Final = tuple("湖湾屯沟寨村河")
_FEATURE: Final = re.compile(
    r"湖(?![南北州口滨])|湾(?![里仔沟区])|屯(?!里)|沟(?!通)|寨|村(?![民里委党支干口级居])|河(?![南北套池津口源间曲西东蟹鲜豚])"
)

# No paper though it begins like one: 徐州|网友, 罗山|警讯三则.
_NO_PAPER: Final = re.compile(r"网[友民络红约格点]|警讯[一二两三四五六七八九十]+则")
_AVENUE: Final = re.compile("道(?:[（与和至、，。；）]|[一-鿿]?大队)")
_ZHENJIANG: Final = ("镇江段", "镇江水域", "镇江市", "镇江境内")
_TOWN_GATE: Final = ("城关", "城区派", "城东", "城西", "城南", "城北")
_OF_TREES: Final = ("下", "上", "旁", "前", "林", "苗", "园", "枝")
# 库伦公安 is the police of 库伦旗, whose name has no short form of its own.
_LEVELS: Final = ("县", "旗", "市", "区")
_SHORT: Final = 2  # signs of the shortest official names: 郭镇
# 、沙|柳河, 在大|沙河口: what makes the name of a region the tail of a longer one.
_NATURAL_ENDS: Final = frozenset("河江湖口山川沟湾岭溪")
_BEFORE_NAMES: Final = frozenset("“、，。和与及在到至沿往赴入\n")
_NAMING_TAGS: Final = frozenset({"n", "ng", "nr", "ns", "nz", "nrt", "new", "a", "f"})


class Places:
    """The region names found in one folded text, by where they end."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.is_name = gazetteer.is_name
        self._ends: dict[int, list[tuple[int, str]]] = {}  # the longest first
        self._found: list[Found] = []
        self._hits = gazetteer.find(text)
        stops = lexicon().terms("unit.stop")
        starts = {found.start for found in self._hits}
        for found in self._hits:
            form = found.form
            if form[0] == "从" and found.start + 1 in starts:  # 从|江苏南通
                continue
            if form[0] == "任" and text.startswith(_TOWN_GATE, found.end - 1):  # 任|城关派出所
                continue
            if form[-1] == "镇" and text.startswith(_ZHENJIANG, found.end - 1):  # 长江|镇江段
                continue
            if form in stops or is_verb(text, found):
                continue
            self._found.append(found)
            self._ends.setdefault(found.end, []).append((found.start, form))

    def ending_at(self, end: int, before: int) -> tuple[int, str] | None:
        """Return start and form of the longest region that ends at ``end``, not before ``before``."""
        for item in self._ends.get(end, ()):
            if item[0] >= before:
                return item
        return None

    def ends_name(self, signs: str) -> bool:
        """Return whether any name ends in these two signs; if not, none need be looked for."""
        return signs in _ends(self._gazetteer)

    def inside(self, start: int, end: int) -> list[Found]:
        """Return all names between two places, as the gazetteer finds them; offsets from ``start``."""
        first = bisect.bisect_left(self._hits, start, key=_START)
        found = []
        for hit in itertools.islice(self._hits, first, None):
            if hit.start >= end:
                break
            if hit.end <= end:
                found.append(Found(hit.start - start, hit.end - start, hit.form))
        return found

    def codes(self, form: str) -> frozenset[str]:
        """Return the codes of all regions that bear a name."""
        return _codes(self._gazetteer, form)

    def is_region(self, form: str) -> bool:
        """Return whether a county or a higher division bears this name."""
        return _is_region(self._gazetteer, form)

    def crosses(self, at: int) -> int | None:
        """Return where a region name begins that ``at`` would cut in two."""
        index = bisect.bisect_left(self._span_starts, at) - 1
        span = self.spans[index] if index >= 0 else None
        return span.start if span and span.start < at < span.end else None

    @functools.cached_property
    def _span_starts(self) -> list[int]:
        return [span.start for span in self.spans]

    def is_high(self, form: str) -> bool:
        """Return whether a province or prefecture bears the name."""
        return any(len(code) == 6 and code.endswith("00") for code in self.codes(form))

    @functools.cached_property
    def spans(self) -> list[Found]:
        """Return the names in order of place, the longest of those that overlap."""
        kept: list[Found] = []
        for found in self._found:
            if not kept or found.start >= kept[-1].end:
                kept.append(found)
        return kept


@functools.cache
def common_words() -> frozenset[str]:
    """Return the names of regions that are ordinary words too (河口, 和平)."""
    path = DATA / "gazetteer" / "common_words.csv"
    rows = read_rows(path, ("form", "note"))
    return frozenset({row["form"] for row in rows} | set(lexicon().terms("name.ambiguous")))


@functools.cache
def tuple_of(klass: str) -> tuple[str, ...]:
    """Return the terms of a class as a tuple, to match at an edge."""
    return tuple(lexicon().terms(klass))


@functools.cache
def ends_of(klass: str) -> dict[str, tuple[str, ...]]:
    """Return the terms of a class by their last signs: of many, few need be tried at an edge."""
    return by_last(lexicon().terms(klass))


def is_led(text: str, start: int) -> bool:
    """Return whether a word before ``start`` says that a place follows: 在, 来到, 位于."""
    ends = ends_of("name.before").get(text[start - 1 : start], ())
    return text.endswith(ends, 0, start)


def by_last(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return terms by their last signs."""
    found: dict[str, tuple[str, ...]] = {}
    for term in terms:
        found[term[-1]] = (*found.get(term[-1], ()), term)
    return found


class RegionReader:
    """Decides which of the names found in a text stand for a region there."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        places: Places,
        is_taken: Callable[[int, int], bool],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._places = places
        self._is_taken = is_taken
        terms = lexicon().terms
        self._ambiguous = terms("name.ambiguous")
        self._slogans = terms("name.slogan")
        self._cut = terms("name.notcut")
        self._towns = terms("name.towns")
        self._before = ends_of("name.before")
        self._after = tuple_of("name.after")
        self._others = (*tuple_of("name.manner"), *tuple_of("name.saying"), *tuple_of("name.paper"))

    def regions(self) -> list[Found]:
        """Return the regions named outside of what is taken, in order of place."""
        kept: list[Found] = []
        for found in self._places.spans:
            if self._is_taken(found.start, found.end):
                continue
            if is_official(found.form) and self._is_cut(found):
                kept.append(Found(found.start, found.end - 1, found.form[:-1]))
            elif self._is_region(found, kept):
                kept.append(found)
        return kept

    def _is_cut(self, found: Found) -> bool:
        """Return whether the level of a name begins the next word: 长春|市民, 昭觉|县城."""
        if len(found.form) < 3 or not self._places.is_region(found.form[:-1]):
            return False
        end = found.end
        city = self._text.startswith("市民", end - 1) and not self._text.startswith("族", end + 1)
        city = city and not self._begins(end)  # 市|民族宗教局
        seat = _COUNTY_TOWN.match(self._text, end - 1) and not self._begins(end)  # 昭觉县|城北镇
        folk = self._text[end - 1 : end + 1] == "乡亲"  # 金门|乡亲
        return city or folk or bool(seat)

    def is_led(self, start: int, end: int) -> bool:
        """Return whether a word before or behind says that something is a place."""
        left = self._text[max(0, start - 5) : start]
        if left.endswith("是") and self._text.startswith("人", end):  # 所长是美姑人
            return True
        led = left.endswith(self._before.get(left[-1:], ()))
        return led or self._text.startswith(self._after, end)

    def is_placed(self, start: int, end: int) -> bool:
        """Return whether it is led in so, or opens a line."""
        return self._opens(start) or self.is_led(start, end)

    def _opens(self, start: int) -> bool:
        return not start or self._text[start - 1] in "\n■【—"

    def _is_region(self, found: Found, before: list[Found]) -> bool:
        if self._text.startswith(
            ("”话", "话", "语", "方言", "口音", "岸", "门"), found.end
        ):  # “托县”话, 达里诺尔|湖北岸
            return False
        if is_official(found.form):
            cut = self._text[found.end - 1 : found.end + 1] in self._cut
            cut = (cut and not self._begins(found.end)) or self._is_half_word(found)
            return not (cut or self._is_longer(found))
        other = self._text.startswith(self._others, found.end)
        other = other and _NO_PAPER.match(self._text, found.end) is None
        other = other or self._goes_on(found.end) or self._is_tail(found) or self._is_thing(found)
        if other or self._text[max(0, found.start - 2) : found.start] in self._slogans:
            return False
        if found.form not in self._ambiguous and self._is_plain(found):
            return True
        last = before[-1].end if before else -1
        listed = last == found.start - 1 and self._text[last] in "、和与及"  # 云南瑞丽、|腾冲
        listed = listed and self._tokens.is_edge(found.end)
        behind = last == found.start or listed
        behind = behind or _CHAINED.match(self._text, found.end) is not None
        behind = behind or _HOME.match(self._text, found.end) is not None
        led = behind or self._is_confirmed(found) or self.is_led(found.start, found.end)
        if found.form in self._ambiguous and not led:
            return False
        return self._is_word(found, led or self._opens(found.start))

    def _is_half_word(self, found: Found) -> bool:
        """Return whether a town's name only closes one word and holds the next: 部分|乡镇."""
        begun = found.form[1:] in self._towns and not self._tokens.is_edge(found.start)
        return begun and self._tokens.is_edge(found.start + 1)

    def _begins(self, start: int) -> bool:
        """Return whether the next name begins right here: 五常市|民乐朝鲜族乡."""
        return any(one.start == start for one in self._places.spans)

    def _goes_on(self, end: int) -> bool:
        """Return whether the name goes on behind ``end``: 射阳|湖, 兴化|屯."""
        return self._text.startswith(_FEATURES, end) and bool(_FEATURE.match(self._text, end))

    def _is_longer(self, found: Found) -> bool:
        """Return whether the text knows a town by one sign more: 张郭派出所：张|郭镇."""
        stem = self._text[max(0, found.start - 1) : found.end - 1]
        return len(found.form) == len(stem) == _SHORT and f"{stem}派出所" in self._text

    def _is_thing(self, found: Found) -> bool:
        """Return whether a name is a tree, or the side of a river: 支到梨树|下, 独流减河南|堤, 入湖口."""
        start, end, form = found.start, found.end, found.form
        if self._text.startswith("郡", end):  # 朝鲜|朔州郡
            return True
        if _AVENUE.match(self._text, end):  # 重庆道（新华路至云南路）
            return True
        if form[-1] == "树":
            return self._text.startswith(_OF_TREES, end)
        if form in ("河南", "河北"):
            return self._text.startswith("堤", end)
        return form[-1] == "口" and self._text[start - 1 : start] == "入"

    def _is_tail(self, found: Found) -> bool:
        """Return whether a sign before makes a longer name of a river or a hill: 、沙|柳河, 在大|沙河口."""
        at = found.start - 1
        if at < 1 or found.form[-1] not in _NATURAL_ENDS:
            return False
        if self._text[at - 1] not in _BEFORE_NAMES:
            word = self._tokens.at(at)  # 沿|阿克哈巴河
            named = word.tag in _NAMING_TAGS and word.start == at - 1 and word.end == found.start
            return named and self._text[at - 2 : at - 1] == "沿"
        word = self._tokens.at(at)
        return word.start == at and word.end == found.start and word.tag in _NAMING_TAGS

    def _is_plain(self, found: Found) -> bool:
        """Return whether a name is a word of its own here that names a place or is unknown."""
        word = self._tokens.at(found.start)
        if word.start != found.start or word.end != found.end:
            return False
        return word.tag in ("ns", "new") or (word.tag == "nr" and self._places.is_high(found.form))

    def _is_word(self, found: Found, fits: bool) -> bool:
        """Return whether a short name is a word of its own here."""
        word = self._tokens.at(found.start)
        if (word.start, word.end) == (found.start, found.end):
            return word.tag in ("ns", "new") or fits or self._stands_free(found, word.tag)
        if self._tokens.is_edge(found.start) and self._tokens.is_edge(found.end):
            return len(found.form) > 2 or fits
        glued = word.tag == "new" and (word.end == found.end or word.start == found.start)
        return fits and (glued or self._tokens.is_edge(found.start))

    def _stands_free(self, found: Found, tag: str) -> bool:
        left = self._text[found.start - 1 : found.start]
        return tag in ("nr", "nz", "nrt", "nt") and left in _BREAKS and found.end - found.start > 2

    def _is_confirmed(self, found: Found) -> bool:
        """Return whether the text names the region in full as well (建平 beside 建平县)."""
        return not self._official_codes.isdisjoint(self._places.codes(found.form))

    @functools.cached_property
    def _official_codes(self) -> set[str]:
        forms = {found.form for found in self._places.spans if is_official(found.form)}
        return {code for form in forms for code in self._places.codes(form)}


@functools.lru_cache(maxsize=65536)
def _is_region(gazetteer: Gazetteer, form: str) -> bool:
    forms = [form + end for end in ("", *_LEVELS) if form + end in gazetteer.names]
    return bool(form) and any(len(code) == 6 for one in forms for code in _codes(gazetteer, one))


@functools.cache
def _ends(gazetteer: Gazetteer) -> frozenset[str]:
    return frozenset(name[-2:] for name in gazetteer.names)


@functools.lru_cache(maxsize=65536)
def _codes(gazetteer: Gazetteer, form: str) -> frozenset[str]:
    return frozenset(gazetteer.codes(form))


@functools.lru_cache(maxsize=65536)
def is_official(form: str) -> bool:
    """Return whether a name says what kind of region it is (县, 镇)."""
    return bool(_OFFICIAL.search(form) if len(form) > 2 else _SHORT_OFFICIAL.match(form))
