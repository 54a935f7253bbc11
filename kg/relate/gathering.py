"""What is done at an event that people come to, and the steps that solve a case."""

import functools
from collections.abc import Iterator
from typing import Final

from kg.relate.act import Act, is_stage
from kg.relate.kin import Kin
from kg.relate.reading import Reading
from kg.relate.scene import Scene
from kg.relate.words import pattern

_NEXT: Final = 2  # paragraphs
_GATHERING: Final = r"(?:开放日|夜谈会|恳谈会|培训班)(?:活动)?”?$"
_WORDINGS: Final = 4096  # of activities, kept in mind
_ELSEWHERE: Final = r"(?:会|会议|行动|整治|走访|巡逻|执勤)(?:活动)?”?$"
_SOLVED: Final = r"^(?:成功)?(?:打掉|破获|侦破|捣毁|端掉|化解)"
_SOLVES: Final = r"(?:侦查|抓捕|收网|追捕|调解)(?:行动)?$"
_ON_THE_SPOT: Final = r"在(?:活动)?现场"


class Gatherings:
    """Tells what is done at an open day, a talk in the evening, a course, and for a solved case."""

    def __init__(self, reading: Reading, kin: Kin) -> None:
        self.reading = reading
        self.kin = kin
        self.gathering: Act | None = None  # an event that people come to
        self.gathered = 0  # its paragraph
        self.case: Act | None = None

    def parts(self, scene: Scene) -> Iterator[tuple[Act, Act, str]]:
        """Yield what is done at an event that people come to, and the steps that solve a case.

        Each comes with what it is a part of and the rule that says so.
        """
        if scene.sentence.span.start < self.reading.scan.title_end:
            return
        for act in scene.frame.acts:
            what = _kind_of(act.item.mention.text)
            if what == _GATHERING:
                self.gathering, self.gathered = act, scene.sentence.paragraph
            elif self.gathering and self._is_gathered(scene, act, self.gathering):
                yield act, self.gathering, "framework.gathered"
            if what == _SOLVED:
                self.case = self.case or act
            elif self.case and what == _SOLVES:
                yield act, self.case, "framework.case"

    def _is_gathered(self, scene: Scene, act: Act, event: Act) -> bool:
        """Return whether an act is done at the event that people have come to."""
        text = act.item.mention.text
        told = act in scene.frame.done or text.endswith(("开班仪式", "结业仪式"))
        if not told or act.item.mention.nominal or is_stage(act.item.trail):
            return False
        if text in event.item.mention.text or pattern(_ELSEWHERE).search(text):
            return False
        if self._is_apart(scene, act, event):
            return False
        last = self.gathered
        start = scene.sentence.span.start
        here = pattern(_ON_THE_SPOT).search(self.reading.text, start, act.item.mention.start)
        if scene.inherited or scene.officers or here:
            last += _NEXT if "开放日" in event.item.mention.text else 1
        elif "开放日" in event.item.mention.text and not scene.frame.times:
            last += self.kin.is_ours(scene, event)  # its divisions show what they have
        same_day = scene.frame.times in ([], event.times)
        return same_day and scene.sentence.paragraph <= last

    def _is_apart(self, scene: Scene, act: Act, event: Act) -> bool:
        """Return whether others act behind a semicolon (甲局举办开放日；乙局开展座谈)."""
        between = self.reading.text[event.item.mention.end : act.item.mention.start]
        return "；" in between and not scene.inherited and not self.kin.is_ours(scene, event)


@functools.lru_cache(maxsize=_WORDINGS)
def _kind_of(text: str) -> str:
    """Return what an act is to others: an event, a case, a step of one, or nothing."""
    for what in (_GATHERING, _SOLVED, _SOLVES):
        if pattern(what).search(text):
            return what
    return ""
