"""When an activity took place."""

from collections.abc import Sequence
from typing import Final

from kg.relate.act import FRAMEWORK, Act, is_case, is_inquiry, is_stage
from kg.relate.clock import began, is_habit_since, is_moment, is_subject, told_behind
from kg.relate.reading import Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

# 近日，甲所结合乙行动开展宣传: the day is of what is done, not of what it is a part of.
_USED: Final = r"(?:结合|依托|围绕|按照)(?:(?!<hold>)[^，]){0,8}$"
_CASE: Final = r"(?:侦查|侦办|抓捕|收网|追捕|围捕|排查|调解|搜救|救援)(?:工作|行动)?”?$"
_INCIDENT: Final = r"(?:发生|被盗|被骗|失窃|报警|报案|求助|频发|多发|高发|发案|接报|接警)"
_NOW: Final = ("正在", "正在开展", "正在组织开展", "正深入开展", "正开展")  # not on a day told of
_OFTEN: Final = r"^[0-9一二两三四五六七八九十百千]+余?多?(?:[次场期堂轮批户家处起]|人次)"
_SO_FAR: Final = r"(?:已|累计|先后|至今)[^，]{0,8}$"
_SO_LONG: Final = r"以来|截至|截止|累计|先后(?:组织|开展|举办)|[年月]间，|<habit>|此前|早在|如今|目前|已[部会联]|提前"
_LASTING: Final = "<habit>|[年月]间，|年来，"  # 两年间，他先后组织培训12期
_THERE: Final = r"\s*(?:课堂|课|会|活动|仪式|宣讲|讲座|培训|演练)(?:中|上|现场|期间)，"
_TIMES: Final = r"^(?:活动|行动)?[0-9一二三四五六七八九十百千]+余?[次场起轮批]"


class Dates:
    """Adds held_on, scene after scene."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.dated: set[str] = set()
        self.days: dict[str, list[Item]] = {}
        self.before: tuple[Item, ...] = ()  # the times of the scene before, and its paragraph
        self.paragraph = -1

    def leave(self, scene: Scene) -> None:
        """Keep the times of a scene for the next one."""
        self.before, self.paragraph = scene.times, scene.sentence.paragraph

    def date(self, scene: Scene, act: Act, times: Sequence[Item], rule: str) -> None:
        """Add that an act took place at each of some times."""
        for item in times:
            self.dated.add(act.item.entity)
            self.days.setdefault(act.item.entity, []).append(item)
            self.statements.add(scene, "held_on", act.item, item, rule)

    def relate(self, scene: Scene, act: Act) -> None:
        """Add when an act that a scene reports took place."""
        times, rule = act.times, "setting.time"
        if times and times == scene.frame.times:
            times = list(scene.times)
        times = told_behind(scene.sentence.items, act.item) or times
        summed = is_summed(scene, act)
        planned = not self.statements.is_fact(scene, act.item)
        if summed:
            times = [item for item in times if began(item)]
        # 下一步，将开展夜查: not on the day of what was told before
        open_ = planned or is_inquiry(act)
        silent = summed or open_ or is_stage(act.item.trail)
        silent = silent or act.item.mention.rule == "activity.called"  # 现公开征集线索
        silent = silent or self._says(scene, act, _SO_LONG)  # 截至目前，共开展宣传7场
        if not times and act.item.entity not in self.dated and not silent:
            times, rule = self._told_before(scene, act), "setting.inherited"
        lasting = act.item.lead.endswith(_NOW) or self._says(scene, act, _LASTING)
        if not (times or self.dated or open_ or lasting):
            times, rule = list(scene.day), "setting.day"
        if times:
            if is_later(scene, act) and not pattern(_OFTEN).match(act.item.trail):
                times = [item for item in times if not began(item)]
            times = [item for item in times if not self._is_cut(item, act)]
            times = self._of_part(times, act)
        if times and self._is_to_come(scene, act):
            times = [item for item in times if _is_own(scene, item, act)]
        if times and pattern(_CASE).search(act.item.mention.text):
            times = [item for item in times if not self._is_of_incident(item, act)]
        self.date(scene, act, times, rule)

    def go_on(self, scene: Scene, act: Act) -> None:
        """Add when the activity that goes on around a scene took place."""
        frame = scene.frame
        if frame.times and self._counts(scene, act):
            self.date(scene, act, frame.times, "setting.count")
        elif frame.times and is_case(act) and scene.agents(act):
            self.date(scene, act, frame.times, "setting.agent")

    def pass_by(self, scene: Scene, act: Act) -> None:
        """Add when an act took place that is only named in passing (仪式结束后)."""
        used = act.usage == FRAMEWORK and pattern(_USED).search(act.item.lead)
        times = [item for item in act.times if not (used and is_moment(item))]
        self.date(scene, act, times, "setting.time")

    def _counts(self, scene: Scene, act: Act) -> bool:
        """Return whether the next sentence says when an act brought what (10月2日晚，共检查…)."""
        frame = scene.frame
        if frame.done or scene.distance != 1 or act.item.entity in self.dated:
            return False
        last = frame.times[-1]
        return scene.inherited and bool(pattern(r"^，(?:共|累计)").match(last.after))

    def _told_before(self, scene: Scene, act: Act) -> list[Item]:
        """Return the times that carry over to an act: not one behind it (展开搜救，次日凌晨找到)."""
        start, end = act.item.mention.end, scene.sentence.span.end
        if scene.times and scene.main is not None and self._comes_back(scene):
            return self.days.get(scene.main.item.entity, [])
        if any(start <= item.mention.start < end for item in scene.times):
            return list(self.before) if self.paragraph == scene.sentence.paragraph else []
        return list(scene.times)

    def _comes_back(self, scene: Scene) -> bool:
        """Return whether a sentence goes back to the event after a tale told there (课堂上，…)."""
        text, start = self.statements.reading.text, scene.sentence.span.start
        return not scene.frame.times and bool(pattern(_THERE).match(text, start))

    def _says(self, scene: Scene, act: Act, words: str) -> bool:
        """Return whether a sentence has one of some words before an act."""
        text, start = self.statements.reading.text, scene.sentence.span.start
        return bool(pattern(words).search(text, start, act.item.mention.start))

    def _of_part(self, times: list[Item], act: Act) -> list[Item]:
        """Return the times of an act's own part of the sentence, if it has any.

        7月13日，甲大队抓获7人；乙所8月5日打掉一个团伙
        """
        start = act.item.mention.start
        parted = self.statements.reading.text.rfind("；", 0, start)
        own = [item for item in times if parted < item.mention.start < start]
        return own or times

    def _is_to_come(self, scene: Scene, act: Act) -> bool:
        """Return whether an act is planned: it has no day of what was done (3月5日签约，将定期开展…)."""
        status = self.statements.reading.statuses.at(scene.sentence.span, act.item.mention.start)
        return status == "planned"

    def _is_cut(self, time: Item, act: Act) -> bool:
        """Return whether a time does not reach an act: one of a habit, or behind a semicolon."""
        between = self.statements.reading.text[time.mention.end : act.item.mention.start]
        if not began(time):
            return is_habit_since(time, between) or is_subject(time, act.item)
        return not pattern(_OFTEN).match(act.item.trail) and "；" in between

    def _is_of_incident(self, time: Item, act: Act) -> bool:
        """Return whether a time says since when something happened (4月以来接连被盗 … 侦查)."""
        if not began(time):
            return False
        text, start = self.statements.reading.text, time.mention.end
        return bool(pattern(_INCIDENT).search(text, start, act.item.mention.start))


def _is_own(scene: Scene, time: Item, act: Act) -> bool:
    """Return whether a time in the sentence of an act has no other act or paper between them."""
    start, end = sorted((time.mention.start, act.item.mention.start))
    told = [*(one.item for one in scene.told), *scene.frame.docs]
    here = scene.sentence.span.start <= start
    return here and not any(start < item.mention.start < end for item in told)


def is_summed(scene: Scene, act: Act) -> bool:
    """Return whether a later act is the sum of what was done (举行仪式，…，已开展巡查41次)."""
    lead = act.item.lead
    summed = lead and is_later(scene, act) and pattern(_SO_FAR).search(lead)
    return bool(summed and pattern(_TIMES).match(act.item.trail))


def is_later(scene: Scene, act: Act) -> bool:
    """Return whether an act stands behind another one of its frame, in no list."""
    done = scene.frame.done
    return bool(done) and act is not done[0] and not act.listed
