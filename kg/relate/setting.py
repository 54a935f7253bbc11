"""Where and when an activity took place."""

from collections.abc import Sequence
from typing import Final

from kg.relate.act import FRAMEWORK, POSTED, Act, is_campaign, is_case, is_inquiry, is_stage
from kg.relate.clock import is_habit_since, is_moment, is_subject, told_behind
from kg.relate.reading import Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.thread import AFTER
from kg.relate.words import pattern


class Settings:
    """Adds held_at and held_on, scene after scene."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.placed: dict[str, list[Item]] = {}
        self.dated: set[str] = set()
        self.before: tuple[Item, ...] = ()  # the times of the scene before, and its paragraph
        self.paragraph = -1

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for act in scene.frame.done:
            event = scene.visited(act)
            if event is not None:
                house = [item for item in act.venues if item.type == "UNIT"]
                self._place(scene, event, house, "setting.visited")
            self._where(scene, act)
            self._when(scene, act)
        for act in scene.frame.around:
            if not act.item.mention.nominal:
                self._around(scene, act)
        for act in (*scene.frame.done, *scene.frame.around):
            self._opened(scene, act)
        if scene.main is not None:
            self._main(scene, scene.main)
        self.before, self.paragraph = scene.times, scene.sentence.paragraph

    def _opened(self, scene: Scene, act: Act) -> None:
        """Add the place that a sentence opens with (南站广播响起，一场演练打响 · 码头灯闪，演练在此展开)."""
        if act.item.entity in self.placed or not pattern(_STARTS).match(act.item.trail):
            return
        opening: list[Item] = []
        for group in scene.sentence.groups:
            if group.type == "TIME":
                continue
            if group.type != "LOC" or group.end > act.item.mention.start:
                break
            if group.before.strip("，。 \n") and not (opening and group.before.endswith("的")):
                break
            opening = [group.items[-1]]
        self._place(scene, act, opening, "setting.opened")

    def _main(self, scene: Scene, act: Act) -> None:
        """Add what a scene says of the activity that goes on around it."""
        frame = scene.frame
        if frame.times and self._counts(scene, act):
            self._date(scene, act, frame.times, "setting.count")
        elif frame.times and is_case(act) and scene.agents(act):
            self._date(scene, act, frame.times, "setting.agent")
        if not frame.venues:
            return
        if scene.near and self._shows(scene):
            self._place(scene, act, frame.venues, "setting.picture")
        told = scene.near or (scene.paragraphs == 1 and not frame.times)
        ended = any(
            pattern(AFTER).match(one.item.trail)
            for one in frame.around
            if one.item.entity == act.item.entity
        )
        if told and not scene.whole and not ended:  # 仪式结束后，与会人员来到X
            self._beside(scene, act)

    def _counts(self, scene: Scene, act: Act) -> bool:
        """Return whether the next sentence says when an act brought what (10月2日晚，共检查…)."""
        frame = scene.frame
        if frame.done or scene.distance != 1 or act.item.entity in self.dated:
            return False
        last = frame.times[-1]
        return scene.inherited and bool(pattern(r"^，(?:共|累计)").match(last.after))

    def _around(self, scene: Scene, act: Act) -> None:
        """Add when, and where, something took place that is only named in passing (仪式结束后)."""
        used = act.usage == FRAMEWORK and pattern(_USED).search(act.item.lead)
        times = [item for item in act.times if not (used and is_moment(item))]
        self._date(scene, act, times, "setting.time")
        event = pattern(r"(?:<occasion>|演练|课|活动)$").search(act.item.mention.text)
        if event and not act.times and act.item.entity not in self.dated and scene.near:
            self._date(scene, act, list(scene.times), "setting.inherited")
            self._place(scene, act, list(scene.places), "setting.inherited")

    def _where(self, scene: Scene, act: Act) -> None:
        venues, rule = self._uncut(scene, act), "setting.venue"
        if _is_summed(scene, act):
            venues = []
        if not venues and act.item.entity not in self.placed:
            here = _is_here(act.item)
            since = any(pattern(_SINCE).search(_around(item)) for item in act.times)
            venues = [] if since else _of_the_day(scene, scene.places)
            rule = "setting.inherited"
            if here and not venues:
                venues, rule = scene.frame.venues or self._spot(scene, act), "setting.here"
            around = scene.frame.around
            if not venues and around and around[-1].item.trail.startswith("现场"):
                venues, rule = self.placed.get(around[-1].item.entity, []), "setting.scene"
            if not venues and pattern(_RESPONSE).search(act.item.mention.text):
                venues, rule = self._scene_of_need(scene, act), "setting.need"
        self._place(scene, act, venues, rule)
        if pattern(_ROUND).search(act.item.mention.text):
            self._place(scene, act, self._path(scene, act), "setting.path")

    def _uncut(self, scene: Scene, act: Act) -> list[Item]:
        """Return the places of an act but those that a semicolon parts from it (沿甲湖排查；又召开)."""
        if not act.venues or not _is_later(scene, act):
            return act.venues
        text, start = self.statements.reading.text, act.item.mention.start
        return [item for item in act.venues if "；" not in text[item.mention.end : start]]

    def _spot(self, scene: Scene, act: Act) -> list[Item]:
        """Return the place named last, in the paragraph of the act."""
        text, start = self.statements.reading.text, act.item.mention.start
        spot = _of_the_day(
            scene, [i for i in scene.spot if "\n" not in text[i.mention.end : start]]
        )
        here = [
            item
            for item in scene.sentence.items
            if item.type == "LOC"
            and item.mention.end <= start
            and pattern(_SCENE_OF).match(item.trail)
        ]
        return here[-1:] or spot

    def _path(self, scene: Scene, act: Act) -> list[Item]:
        """Return the places that a patrol passes (从甲路走到乙桥), whatever lies between them."""
        start, entities = act.item.mention.start, self.statements.reading.entities
        found = []
        for item in scene.frame.places + scene.frame.venues:
            if item.type != "LOC" or "code" in entities[item.entity].attributes:
                continue
            near = item.mention.start > start or not scene.frame.done[0].item.mention.start < start
            if near and pattern(_PASSES).search(item.lead):
                found.append(item)
        return found

    def _scene_of_need(self, scene: Scene, act: Act) -> list[Item]:
        """Return the place where something had just happened that the act answers to."""
        text, start = self.statements.reading.text, act.item.mention.start
        return [
            item
            for item in _of_the_day(scene, scene.spot)
            if item.mention.end <= start
            and not pattern(r"[；\n]").search(text, item.mention.end, start)
        ]

    def _beside(self, scene: Scene, act: Act) -> None:
        """Add a place that a sentence without an activity of its own names (行动中，某队在X)."""
        frame = scene.frame
        opens = self._opens(scene) or self._posts(scene, act)
        if not scene.near and not (opens and self._go_on(scene, act)):
            return
        inside = any(one.item.entity == act.item.entity for one in frame.around)
        venues = frame.venues if inside or frame.visitors else []
        if not venues and self._leads_there(scene, act):
            venues = [item for item in frame.venues if item.type == "LOC"]
        self._place(scene, act, venues, "setting.beside")

    def _leads_there(self, scene: Scene, act: Act) -> bool:
        """Return whether an act goes on where a sentence without a whole act plays."""
        if (scene.inherited or self._go_on(scene, act)) and self._opens(scene):
            return True
        if scene.whole:
            return False
        text = act.item.mention.text
        # 开展走访慰问，副局长一行来到…
        visited = not scene.distance and pattern(_VISIT).search(text)
        if visited or (self._posts(scene, act) and self._go_on(scene, act)):
            return True
        if scene.officers and not scene.distance and pattern(_RESPONSE).search(text):
            return True  # 展开搜寻，所长带人走进…: the search goes there
        return bool(pattern(_CAPTURE).search(text)) and self._captures(scene, act)

    def _captures(self, scene: Scene, act: Act) -> bool:
        """Return whether an arrest goes on here (抓捕行动打响，在X镇将4人抓获。次日，又在…)."""
        times = scene.frame.times
        if act.item.entity not in self.placed or times in ([], act.times):
            return True
        again = (scene.inherited or self._go_on(scene, act)) and self._again(scene)
        if again:
            self._date(scene, act, times, "setting.again")
        return again

    def _again(self, scene: Scene) -> bool:
        """Return whether a sentence goes on with what the one before told (次日，又在…)."""
        span = scene.sentence.span
        return bool(pattern(_AGAIN).search(self.statements.reading.text, span.start, span.end))

    @staticmethod
    def _posts(scene: Scene, act: Act) -> bool:
        """Return whether a campaign sets up posts at places (在甲校、乙校门前设置护学岗)."""
        return is_campaign(act) and any(
            pattern(POSTED).match(group.trail)
            for group in scene.sentence.groups
            if group.type == "LOC"
        )

    def _go_on(self, scene: Scene, act: Act) -> bool:
        """Return whether those who act in a sentence without an act are those who began it."""
        if scene.whole or not scene.subjects:
            return False
        hosts = self.statements.heads("organizes", act.item.entity)
        return all(item.entity in hosts for item in scene.subjects)

    def _shows(self, scene: Scene) -> bool:
        """Return whether a sentence says what a picture shows (图为队员在X…)."""
        return self.statements.reading.text.startswith("图为", scene.sentence.span.start)

    def _opens(self, scene: Scene) -> bool:
        """Return whether a sentence begins with a place (在X村，… · 民警在X村…), not who is from it."""
        groups = scene.sentence.groups
        if groups[0].type == "TIME" and len(groups) > 1 and not groups[0].before.strip():
            groups = groups[1:]  # 当晚8时，民警在X路设卡
        first = groups[0]
        apart = first.type == "ORG" and first.before.endswith("在") and not first.trail
        if not (first.type == "LOC" or apart) or not pattern(_THERE).match(first.before):
            return False
        tail = self.statements.reading.tail(first.end)
        return not pattern(r"^[^，]{1,8}的[^，]{0,8}<say>").match(tail)

    def _place(self, scene: Scene, act: Act, venues: list[Item], rule: str) -> None:
        for item in venues:
            if self._is_stretch(item):
                continue
            self.placed.setdefault(act.item.entity, []).append(item)
            self.statements.add(scene, "held_at", act.item, item, rule)

    def _is_stretch(self, item: Item) -> bool:
        """Return whether a region only says which stretch of a road is meant (平天高速通渭段)."""
        if not item.trail.startswith("段") or item.before:
            return False
        return (
            item.type == "LOC"
            and "code" in self.statements.reading.entities[item.entity].attributes
        )

    def _when(self, scene: Scene, act: Act) -> None:
        times, rule = act.times, "setting.time"
        if times and times == scene.frame.times:
            times = list(scene.times)
        times = told_behind(scene.sentence.items, act.item) or times
        summed = _is_summed(scene, act)
        planned = not self.statements.is_fact(scene, act.item)
        if summed:
            times = [item for item in times if pattern(_SINCE).search(_around(item))]
        # 下一步，将开展夜查: not on the day of what was told before
        open_ = planned or is_inquiry(act)
        silent = summed or open_ or is_stage(act.item.trail)
        silent = silent or self._says(scene, act, _SO_LONG)  # 截至目前，共开展宣传7场
        if not times and act.item.entity not in self.dated and not silent:
            times, rule = self._told_before(scene, act), "setting.inherited"
        lasting = act.item.lead.endswith(_NOW) or self._says(scene, act, "<habit>")
        if not (times or self.dated or open_ or lasting):
            times, rule = list(scene.day), "setting.day"
        if times:
            if _is_later(scene, act) and not pattern(_OFTEN).match(act.item.trail):
                times = [item for item in times if not pattern(_SINCE).search(_around(item))]
            times = [item for item in times if not self._is_cut(item, act)]
            times = self._of_part(times, act)
        if times and self._is_to_come(scene, act):
            times = [item for item in times if _is_own(scene, item, act)]
        if times and pattern(_CASE).search(act.item.mention.text):
            times = [item for item in times if not self._is_of_incident(item, act)]
        self._date(scene, act, times, rule)

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
        if not pattern(_SINCE).search(_around(time)):
            return is_habit_since(time, between) or is_subject(time, act.item)
        return not pattern(_OFTEN).match(act.item.trail) and "；" in between

    def _is_of_incident(self, time: Item, act: Act) -> bool:
        """Return whether a time says since when something happened (4月以来接连被盗 … 侦查)."""
        if not pattern(_SINCE).search(_around(time)):
            return False
        text, start = self.statements.reading.text, time.mention.end
        return bool(pattern(_INCIDENT).search(text, start, act.item.mention.start))

    def _told_before(self, scene: Scene, act: Act) -> list[Item]:
        """Return the times that carry over to an act: not one behind it (展开搜救，次日凌晨找到)."""
        start, end = act.item.mention.end, scene.sentence.span.end
        if any(start <= item.mention.start < end for item in scene.times):
            return list(self.before) if self.paragraph == scene.sentence.paragraph else []
        return list(scene.times)

    def _date(self, scene: Scene, act: Act, times: list[Item], rule: str) -> None:
        for item in times:
            self.dated.add(act.item.entity)
            self.statements.add(scene, "held_on", act.item, item, rule)


# 近日，甲所结合乙行动开展宣传: the day is of what is done, not of what it is a part of.
_USED: Final = r"(?:结合|依托|围绕|按照)(?:(?!<hold>)[^，]){0,8}$"
# How an event begins before the reader's eyes.
_STARTS: Final = r"^(?:正式|随即|就)?(?:在此|进入|打响|上演|拉开|展开|开始|正在|火热|如期|紧张)"
_ROUND: Final = r"(?:巡逻|巡查|巡防|巡护|巡线|步巡|踏查|联巡|集中统一行动)”?(?:活动)?”?$"
_PASSES: Final = r"(?:从|经|途经|穿过|绕|绕着|走[到过进]|步行[到至]|行[到至]|沿着?|^[到至])$"
# 南街一摊主与游客吵了起来，民警当场调解
_SCENE_OF: Final = r"^(?:的?[一两二三几]|发生|有)"
# An act that answers to what happened: it takes place where that was.
_RESPONSE: Final = r"(?:<respond>)”?$"
_NEXT_DAY: Final = r"^(?:次|翌|第二)"
_VISIT: Final = r"(?:走访|慰问|看望|回访)”?$"
_AGAIN: Final = r"(?:^|，)[^，]{0,2}(?:又|再)[^，]{0,20}抓获"
_CAPTURE: Final = r"(?:抓捕|收网|围捕|追捕)(?:行动)?”?$"
_CASE: Final = r"(?:侦查|侦办|抓捕|收网|追捕|围捕|排查|调解|搜救|救援)(?:工作|行动)?”?$"
_INCIDENT: Final = r"(?:发生|被盗|被骗|失窃|报警|报案|求助|频发|多发|高发|发案|接报|接警)"
_TEAM: Final = r"(?:联合)?(?:检查|督导|督查|宣讲|服务|调研|救援|执法)(?:组|队|小组|人员)|一行人?"
_THERE: Final = rf"^[\s，]*(?:(?:<officer>|{_TEAM})[^，]{{0,4}})?(?:在|<enter>)$"
_NOW: Final = ("正在", "正在开展", "正在组织开展", "正深入开展", "正开展")  # not on a day told of
_OFTEN: Final = r"^[0-9一二两三四五六七八九十百千]+余?多?(?:[次场期堂轮批户家处起]|人次)"
_SO_FAR: Final = r"(?:已|累计|先后|至今)[^，]{0,8}$"
_SO_LONG: Final = (
    r"以来|截至|截止|累计|先后(?:组织|开展|举办)|<habit>|此前|早在|如今|目前|已[部会联]|提前"
)
_TIMES: Final = r"^(?:活动|行动)?[0-9一二三四五六七八九十百千]+余?[次场起轮批]"
_SINCE: Final = r"(?:以来|起)"


def _is_own(scene: Scene, time: Item, act: Act) -> bool:
    """Return whether a time in the sentence of an act has no other act or paper between them."""
    start, end = sorted((time.mention.start, act.item.mention.start))
    told = [*(one.item for one in scene.told), *scene.frame.docs]
    here = scene.sentence.span.start <= start
    return here and not any(start < item.mention.start < end for item in told)


def _around(item: Item) -> str:
    """Return a time with the sign behind it that may say that something began there."""
    return item.mention.text + item.after[:1]


def _of_the_day(scene: Scene, places: Sequence[Item]) -> list[Item]:
    """Return the places but those named before the next day came (次日，…: elsewhere)."""
    if not places:
        return []
    times = [item.mention for item in scene.frame.times]
    days = [time.start for time in times if pattern(_NEXT_DAY).match(time.text)]
    return [item for item in places if not any(item.mention.end <= day for day in days)]


def _is_here(item: Item) -> bool:
    """Return whether the words around an act say that it takes place here (在这里举行)."""
    before = pattern(r"(?<!活动)(?<!等)<here>[^，]{0,4}(?:<hold>了?[^，]{0,4}|)$")
    return bool(
        (item.lead and before.search(item.lead))
        or (item.trail and pattern(r"^就?<here>").match(item.trail))
    )


def _is_summed(scene: Scene, act: Act) -> bool:
    """Return whether a later act is the sum of what was done (举行仪式，…，已开展巡查41次)."""
    lead = act.item.lead
    summed = lead and _is_later(scene, act) and pattern(_SO_FAR).search(lead)
    return bool(summed and pattern(_TIMES).match(act.item.trail))


def _is_later(scene: Scene, act: Act) -> bool:
    done = scene.frame.done
    return bool(done) and act is not done[0] and not act.listed
