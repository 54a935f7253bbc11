"""Where and when an activity took place."""

from collections.abc import Sequence
from typing import Final

from kg.relate.act import POSTED, Act, is_campaign
from kg.relate.clock import began
from kg.relate.dates import Dates, is_later, is_summed
from kg.relate.reading import Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.thread import AFTER
from kg.relate.words import pattern


class Settings:
    """Adds held_at, and with it held_on, scene after scene."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.placed: dict[str, list[Item]] = {}
        self.dates = Dates(statements)

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for act in scene.frame.done:
            event = scene.visited(act)
            if event is not None:
                house = [item for item in act.venues if item.type == "UNIT"]
                self._place(scene, event, house, "setting.visited")
            self._where(scene, act)
            self.dates.relate(scene, act)
        for act in scene.frame.around:
            if not act.item.mention.nominal:
                self._around(scene, act)
        for act in (*scene.frame.done, *scene.frame.around):
            self._opened(scene, act)
        if scene.main is not None:
            self._main(scene, scene.main)
        self.dates.leave(scene)

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
        self.dates.go_on(scene, act)
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

    def _around(self, scene: Scene, act: Act) -> None:
        """Add when, and where, something took place that is only named in passing (仪式结束后)."""
        self.dates.pass_by(scene, act)
        event = pattern(r"(?:<occasion>|演练|课|活动)$").search(act.item.mention.text)
        if event and not act.times and act.item.entity not in self.dates.dated and scene.near:
            self.dates.date(scene, act, scene.times, "setting.inherited")
            self._place(scene, act, list(scene.places), "setting.inherited")

    def _where(self, scene: Scene, act: Act) -> None:
        venues, rule = self._uncut(scene, act), "setting.venue"
        if is_summed(scene, act):
            venues = []
        if not venues and act.item.entity not in self.placed:
            here = _is_here(act.item)
            since = any(began(item) for item in act.times)
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
        if not act.venues or not is_later(scene, act):
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
            and not pattern(_ON_THE_WAY).search(item.lead)
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
            self.dates.date(scene, act, times, "setting.again")
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


# How an event begins before the reader's eyes.
_STARTS: Final = r"^(?:正式|随即|就)?(?:在此|进入|打响|上演|拉开|展开|开始|正在|火热|如期|紧张)"
_ROUND: Final = r"(?:巡逻|巡查|巡防|巡护|巡线|步巡|踏查|联巡|集中统一行动)”?(?:活动)?”?$"
_PASSES: Final = r"(?:从|经|途经|穿过|绕|绕着|走[到过进]|步行[到至]|行[到至]|沿着?|^[到至])$"
# 南街一摊主与游客吵了起来，民警当场调解
_SCENE_OF: Final = r"^(?:的?[一两二三几]|发生|有)"
# An act that answers to what happened: it takes place where that was.
_RESPONSE: Final = r"(?:<respond>)”?$"
# 正在附近巡逻的|甲大队民警: who came by is no place
_ON_THE_WAY: Final = r"(?:在|从|途经)[^，]{1,10}的$"
_NEXT_DAY: Final = r"^(?:次|翌|第二)"
_VISIT: Final = r"(?:走访|慰问|看望|回访)”?$"
_AGAIN: Final = r"(?:^|，)[^，]{0,2}(?:又|再)[^，]{0,20}抓获"
_CAPTURE: Final = r"(?:抓捕|收网|围捕|追捕)(?:行动)?”?$"
_TEAM: Final = r"(?:联合)?(?:检查|督导|督查|宣讲|服务|调研|救援|执法)(?:组|队|小组|人员)|一行人?"
_THERE: Final = rf"^[\s，]*(?:(?:<officer>|{_TEAM})[^，]{{0,4}})?(?:在|<enter>)$"


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
