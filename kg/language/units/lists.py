"""List items that share the head of the name after them: 莲花、王窑派出所."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.units.leftward import Leftward
from kg.language.units.parts import Segment, UnitName

_JOINTS: Final = "、和及与"
_OPENERS: Final = "、，。；：和及与由对在从到至往赴“”（） \n向会合同织■▲●◆"
# It begins with a class of signs: the search then passes over all others at once.
_COUNT: Final = re.compile(
    r"[等两二三四五六七八九十0-9](?:(?<=等)(?:[两二三四五六七八九十]|[0-9]{1,2})个?|(?<!等)个?|)"
    r"(?:基层|辖区|所属)?(?P<head>派出所|中队|警务室|警务站)"
)
_TOGETHER: Final = re.compile("[两三四五六七八](?:县|市|区|旗|县市|市县|地市?)公安局")
_LISTED: Final = re.compile(
    r"[一-鿿]{2,4}(?:、[一-鿿]{2,4})+(?:[和,，][一-鿿]{2,4})?(?=等?$)"  # a comma for the last 、
)
_STATION: Final = re.compile(r"(?<![一-鿿])(?![由在对向从与和])[一-鿿]{2,6}站$")
_ITEM: Final = re.compile(r"(?!和)[一-鿿]{2,4}?(?=[、和,，]|等?$)")
_BODY_ENDS: Final = "关段办局委院会社司校部处厅所行组队"
_POSTS: Final = ("局长", "所长", "队长", "科长", "处长", "主任", "书记", "政委", "导员", "民警")
# What is no half of a name: a whole team, an event.
_WHOLE: Final = (
    *("总队", "支队", "大队", "中队"),
    *("仪式", "活动", "行动", "演练", "培训", "会议"),
)
# 甲派出所|在|人民广场、柳林派出所|在|河口市场: each at a place of its own
_WHERE: Final = ("在", "沿", "到", "赴", "于", "对", "深入", "走进", "前往")
_LONGEST_LIST: Final = 40
_LONGEST: Final = 9
_LONGEST_UNKNOWN: Final = 5


class Lists:
    """Finds the items whose head is left out."""

    def __init__(self, reader: Leftward, names: Sequence[UnitName]) -> None:
        self._reader = reader
        self._text = reader.text
        self._names = names
        self._ends = {name.end: name for name in names}

    def items(self) -> list[UnitName]:
        """Return all items, those with a printed agency before them joined to it or behind it."""
        items = [item for name in self._names for item in self._before(name)]
        return [*items, *self._counted(), *self._shared(), *self._together()]

    def is_shared(self, name: UnitName) -> bool:
        """Return whether a name is only the head of a list: 赣州、白城等|铁路公安处."""
        if not self._text.startswith("等", name.start - 1):
            return False
        first = name.segments[0]
        bare = first.kind == "agency" and first.stem and not first.regions and not first.pointer
        return bool(bare)

    def _shared(self) -> Iterator[UnitName]:
        """Yield the cities of a list whose agencies share a system and a head behind 等."""
        for name in self._names if "等" in self._text else ():
            for place in self._places_before(name.start - 1) if self.is_shared(name) else ():
                form = self._text[place[0] : place[1]]
                segment = replace(name.segments[0], start=place[0], end=place[1], regions=(form,))
                yield UnitName(*place, (segment,), elided=True)

    def _together(self) -> Iterator[UnitName]:
        """Yield the counties whose bureaus are counted together: 迭部、若尔盖|两县公安局."""
        for count in _TOGETHER.finditer(self._text):
            places = list(self._places_before(count.start()))
            kind, _, level = lexicon().terms("unit.head")["公安局"].partition(":")
            for start, end in places if len(places) > 1 else ():
                form = (self._text[start:end],)
                segment = Segment(kind, level, start, end, form, "", "公安局")
                yield UnitName(start, end, (segment,), elided=True)

    def _places_before(self, end: int) -> Iterator[tuple[int, int]]:
        """Yield the places of a list that ends at ``end``, the last first."""
        while (place := self._reader.places.ending_at(end, 0)) is not None:
            yield place[0], end
            if self._text[place[0] - 1 : place[0]] not in ("、", "和"):
                return
            end = place[0] - 1

    def _counted(self) -> Iterator[UnitName]:
        """Yield the towns whose stations or teams are only counted: 万合、马市|三个中队, 留侯、江口|等派出所."""
        for count in _COUNT.finditer(self._text):
            end = count.start()
            listed = _LISTED.search(self._text, max(0, end - _LONGEST_LIST), end)
            start = None if listed is None else self._first(listed.start())
            if start is None:
                continue
            names = list(_ITEM.finditer(self._text, start, end))
            known = sum(self._is_town(name[0]) for name in names)
            # 梅山、江店、古碑|等12个派出所: one that no list holds stands among those that are known
            if known == len(names) or (count[0][0] == "等" and known > len(names) - known):
                head = count["head"]
                kind, _, level = lexicon().terms("unit.head")[head].partition(":")
                spans = [(*name.span(), name[0]) for name in names]
                made = [
                    Segment(kind, level, left, right, (), stem, head) for left, right, stem in spans
                ]
                yield from self._rooted([UnitName(s.start, s.end, (s,), elided=True) for s in made])

    def _is_town(self, form: str) -> bool:
        return form.endswith("街") or self._reader.places.is_name(form)

    def _first(self, start: int) -> int | None:
        """Return where the first item begins: 组织|留侯、江口."""
        for at in range(start, start + 3):
            item = _ITEM.match(self._text, at)
            opens = at in self._ends or self._opens(at)
            if item and opens and self._is_town(item[0]):
                return at
        return None

    def _before(self, name: UnitName) -> list[UnitName]:
        """Return the items of a list before a name, with all that stands below its first segment."""
        model, below = name.segments[0], name.segments[1:]
        if model.kind == "facility" or (below and model.kind not in ("branch", "agency")):
            return []
        if model.kind == "alias":  # 祁县、太谷、介休公安
            found = list(self._regions(name))
        elif model.stem:
            found = self._stems(name)
        else:  # 榕江、从江县公安局交警大队
            found = list(self._regions(name)) if model.kind in ("agency", "division") else []
        if not below:
            return found
        units = (item for item in found if self._text[item.end - 1] not in _BODY_ENDS)
        return [replace(item, segments=(*item.segments, *below)) for item in units]

    def _stems(self, name: UnitName) -> list[UnitName]:
        """Return the items that share the head of a name with a stem: 莲花、|王窑派出所."""
        model, at = name.segments[0], name.start
        found: list[UnitName] = []
        while at > 0 and self._text[at - 1] in _JOINTS:
            part = self._item(at - 1, model)
            if part is None or self._is_where(part.start, name.end):
                break
            found.append(part)
            at = part.start
        if not found and model.kind == "division":  # 南宫、威县交警大队
            return list(self._regions(name))
        return list(self._rooted(found))

    def _is_where(self, start: int, end: int) -> bool:
        """Return whether what stands at ``start`` is where a unit acts, as the next does behind ``end``."""
        text = self._text
        for word in _WHERE:
            if text.startswith(word, end):
                before = start - len(word) * text.endswith(word, 0, start)
                return before in self._ends and text.startswith(word, before)
        return False

    def _regions(self, name: UnitName) -> Iterator[UnitName]:
        """Yield the regions whose 公安局 or 大队 only the last of a list prints: 黎平、从江县公安局."""
        at, model = name.start, name.segments[0]
        while model.regions and len(model.regions[-1]) > 1 and self._text[at - 1 : at] == "、":
            place = self._place(at - 1, model.regions[-1][-1])
            if place is None or at - 1 in self._ends or not self._reader.places.is_region(place[1]):
                return
            start, parent = place[0], self._ends.get(place[0])
            if parent is None and not self._opens(start):
                return
            segment = replace(model, start=start, end=at - 1, regions=(place[1],))
            above = parent.segments if parent is not None and model.kind == "division" else ()
            yield UnitName(
                above[0].start if above else start, at - 1, (*above, segment), elided=True
            )
            at = start

    def _place(self, end: int, level: str) -> tuple[int, str] | None:
        """Return the region that ends at ``end``; one called like a common word by its level (通海)."""
        place = self._reader.places.ending_at(end, 0)
        for start in range(end - 4, end - 1) if place is None else ():
            form = self._text[max(0, start) : end]
            opens = start in self._ends or self._opens(start)
            if start >= 0 and opens and self._reader.places.is_name(form + level):
                return start, form
        return place

    def _rooted(self, found: list[UnitName]) -> Iterator[UnitName]:
        """Yield the items; the first takes in the agency that touches it.

        Before a long list a full name (西平县公安局) stays a name of its own.
        """
        for part in found:
            parent = self._ends.get(part.start)
            if parent is not None and (_is_short(parent) or len(found) == 1):
                segments = (*parent.segments, *part.segments)
                yield UnitName(parent.start, part.end, segments, elided=True)
            else:
                yield part

    def _item(self, end: int, model: Segment) -> UnitName | None:
        """Return the list item that ends at ``end`` read with the head of ``model``."""
        if end in self._ends:
            return None
        before = max((at for at in self._ends if at < end), default=0)
        start = self._start(end, model, before)
        if not 2 <= end - start <= _LONGEST:
            return None
        opens = start in self._ends or self._opens(start)
        if not opens and not (model.function and self._reader.opens(start, before)):
            return None  # 统筹|治安、交警大队: a function may follow any verb
        stem = self._text[start:end]
        named = self._reader.places.is_name
        if stem[0] == "从" and not named(stem) and named(stem[1:]):  # 从|江湾、秋口派出所抽调
            start, stem = start + 1, stem[1:]
        # Nothing is left out in 副局长|顾建明、青浦公安分局副局长吴剑, 路政大队、一大队, 揭牌仪式、霞寨派出所.
        if self._text.endswith(_POSTS, 0, start) or stem.endswith(_WHOLE):
            return None
        function = self._reader.function_at(start, end)
        if not (function or named(stem)) and _ends_in_post(stem):  # 副区长、公安静海分局局长
            return None
        if not function and model.kind == "station":  # 岳圩、壬庄边境派出所
            stem, function = stem + _shared(model), model.function
        segment = replace(model, start=start, end=end, stem=stem, regions=(), function=function)
        return UnitName(start, end, (segment,), elided=True)

    def _start(self, end: int, model: Segment, before: int) -> int:
        reader = self._reader
        if model.stem.endswith("站") and (item := _STATION.search(self._text, before, end)):
            return item.start()  # 怀化南站、吉首东站派出所
        if model.function and model.kind in ("division", "office"):
            return reader.stem_start(end, before)
        listed = reader.listed_start(end, before)
        place = reader.place_start(end, before)
        if min(listed, place) < end:
            return min(listed, place)
        if self._text[end - 1] in _BODY_ENDS:  # 县委网信办、城厢派出所
            return end
        start = reader.name_start(end, before)
        known = self._text[end] == "、" and end - start <= _LONGEST_UNKNOWN and model.head != "所"
        return start if known else end

    def _opens(self, start: int) -> bool:
        if start == 0 or self._text[start - 1] in _OPENERS:
            return True
        return self._text[start - 1] in self._reader.stops or self._reader.ends_stop(start)


def _is_short(parent: UnitName) -> bool:
    """Return whether an agency is no name of its own: 分局治安、交警支队, 旗公安局甲、乙派出所."""
    first = parent.segments[0]
    named = len(first.regions) > 1 or any(len(form) > 1 for form in first.regions) or first.stem
    return not first.pointer and not named


def _ends_in_post(stem: str) -> bool:
    """Return whether a form ends in what a person is: 副区长, 市委书记."""
    posts = lexicon().terms("per.post")
    return any(stem[at:] in posts for at in range(len(stem) - 1))


def _shared(model: Segment) -> str:
    """Return the function that the stem of a station ends with: 边境 in 壬庄边境."""
    terms, stem = lexicon().terms("unit.function"), model.stem
    return next((end for at in range(len(stem)) if (end := stem[at:]) in terms), "")
