"""What speaks for a stem and its head being the name of a site, once it is known where they stand."""

from collections.abc import Container
from typing import Final

from kg.language.landmarks import Landmarks
from kg.language.lexicon import Mark
from kg.language.regions import Places, common_words
from kg.language.site_stems import Stems

_LEVELS: Final = frozenset({"region", "village", "community"})
_NATURAL: Final = frozenset({"water", "mountain"})
_SEVERAL: Final = tuple("两三四五六七八九十")
_BUILDING: Final = ("建设", "创建", "打造", "共建", "争创", "构建", "共筑", "营造", "推进")
_BUILT: Final = ("建设", "创建", "”")
# Roads that two signs of what they join name, a numeral among them: 绥三|公路.
_TRUNKS: Final = ("高速", "公路", "铁路", "国道")
_TRUNK: Final = 2
_ROUGHLY: Final = ("一二", "两三", "三四", "三五", "四五")
_CROSSED: Final = 3  # signs of a place that a crossing is named for
_PART_OF_ROAD: Final = frozenset("东西南北中一二三四五六七八九十大环")


class SiteSigns:
    """Weighs the sites of one folded text; ``ends`` are the ends of its regions."""

    def __init__(
        self,
        text: str,
        places: Places,
        stems: Stems,
        landmarks: Landmarks,
        ends: Container[int],
    ) -> None:
        self._text = text
        self._places = places
        self._stems = stems
        self._landmarks = landmarks
        self._ends = ends

    def is_crossing(self, start: int, head: Mark) -> bool:
        """Return whether a crossing is named for a place and no road: 沙尖子|路口, but 首山路|口."""
        stem = self._text[start : head.start]
        if head.entry.term != "路" or not self._text.startswith("口", head.end):
            return False
        if len(stem) < _CROSSED or stem[-1] in _PART_OF_ROAD:
            return False
        road = self._text[start : head.end]
        return self._text.count(road) == self._text.count(road + "口")

    def is_sure(self, kind: str, flag: str, start: int, head: Mark, *, placed: bool) -> bool:
        """Return whether what stands before and behind a name leaves no doubt that it is one."""
        stem = self._text[start : head.start]
        before = "" if self._text.startswith("上", head.end) else self._text[start - 1 : start]
        if kind == "road" and self._stems.is_figure(stem, before):  # 在|创业|路上
            return False
        if kind == "community" and self._stems.is_figure(stem[-2:], ""):  # 建设|和谐|社区
            before = self._text[max(0, head.start - 5) : head.start - 2]
            built = before.endswith(_BUILDING) or self._text.startswith(_BUILT, head.end)
            if built or (stem[-2:] == stem and self._text[start - 1] == "“"):
                return False
        listed = self._text[start - 1 : start] == "、"
        several = kind == "region" and listed and stem[-1:] in _SEVERAL  # 溪南、沙江|三镇
        trunk = len(stem) == _TRUNK and head.entry.term in _TRUNKS and stem not in _ROUGHLY
        two = stem[-1:] == "两" and kind in _LEVELS  # 瓦托、尔古|两村: no name ends in it
        if several or two or (not trunk and self._stems.is_counted(stem, kind)):
            return False
        if kind in _NATURAL:
            placed = placed or start in self._ends or self._is_of_region(start)
            return self._landmarks.is_natural(start, head.start, head.end, placed=placed)
        if flag not in ("strict", "part"):
            return True
        # 建水站 beside 建水站派出所
        policed = (
            stem and kind == "station" and f"{self._text[start : head.end]}派出所" in self._text
        )
        named = (
            policed or self._is_listed(stem, kind) or self._landmarks.is_namelike(start, head.start)
        )
        named = named and not self._stems.is_site(stem)
        return named and self._text[start] not in "一两三几"

    def _is_listed(self, stem: str, kind: str) -> bool:
        """Return whether a stem is the name of a division, and not just a word (响水|灌区)."""
        word = stem in common_words() or stem.startswith("第") or kind == "zone"
        return not word and self._places.is_name(stem)

    def _is_of_region(self, start: int) -> bool:
        """Return whether 的 stands between a region and the name: 威海|的|刘公岛."""
        return self._text[start - 1 : start] == "的" and start - 1 in self._ends
