"""Which activity is a part of which."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from kg.relate.act import (
    FRAMEWORK,
    Act,
    is_campaign,
    is_case,
    is_find,
    is_lesson,
    is_meeting,
    is_stage,
)
from kg.relate.event import CEREMONY, Events
from kg.relate.gathering import Gatherings
from kg.relate.kin import Kin
from kg.relate.reading import Reading
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.thread import AFTER
from kg.relate.whole import Wholes
from kg.relate.words import pattern

# A campaign has a name of its own: in quotes, or by what it is.
_NAMED: Final = r"(?:^.{0,8}“|专项|集中|统一|大练兵|会战|攻坚)"
_PUBLICITY: Final = (
    r"(?:宣传[月周季]活动|^“[^”]*”(?:主题|集中|系列)宣传活动|^“[^”]*”[^“”]{0,4}系列[^“”]{0,4}活动)$"
)
_SERIES_NAME: Final = r"^“[^”]*”[^“”]{0,10}活动$"
_LASTING: Final = r"连日来|近期|近来|以来|起$|期间"
_TOLD_OF: Final = r"(?:会|仪式|培训班?|演练|侦查|调解|大赛|比武)$"
_NEXT: Final = 2  # paragraphs
_POINT: Final = r"\s*(?:——|[■▲●◆★]|“[一-鿿]{1,2}”[字在要]|（?[一二三四五六七八九十]{1,2}[）、是]|[0-9]{1,2}[.、）])"
_FIRST: Final = r"首(?:夜|日|战|轮|次|波|场)"  # 首夜集中清查: the campaign has begun
_ALL_THAT: Final = r"(?:上述|以上|这些|前述)[^，。]{0,8}[均都]?(?:是|为|系|属于?)"
_DRIVEN: Final = r"(?:推进|深化)$"
_SERIES: Final = r"(?:，|[^，。；]{0,4}?)(?:是|作为|系|为)"
_DEMANDS: Final = r"^(?:还|进一步)?(?:指出|强调|要求|认为)"


class Frameworks:
    """Adds part_of, scene after scene."""

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.campaign: Act | None = None
        self.is_event = False  # whether the campaign is one of publicity only
        self.paragraph = 0
        self.deeds: list[tuple[Scene, Act]] = []
        self.party_day: Act | None = None
        self.listed: Act | None = None  # whose parts the rest of the sentence tells
        self.wholes = Wholes(reading)
        self.within: set[str] = set()  # the acts of which a whole has been told
        self.kin = Kin(reading, statements)
        self.events = Events()
        self.gatherings = Gatherings(reading, self.kin)

    def relate(self, scene: Scene) -> None:
        """Add what one scene says of its activities."""
        acts = scene.frame.acts
        self.wholes.see(scene)
        around = _going_on(scene.frame.around) if scene.frame.around else []
        if self.campaign and self.campaign.item.entity in {act.item.entity for act in around}:
            self.paragraph = scene.sentence.paragraph
        for act in around:
            self._join(scene, act)
            if is_stage(act.item.trail):
                self._all_that(scene, act)
        self._open_list(scene, acts)
        for act in scene.frame.done:
            if is_stage(act.item.trail):
                self._all_that(scene, act)
            else:
                self._deed(scene, act, around)
        if scene.sentence.span.start >= self.reading.scan.title_end:
            self._of_events(scene, acts)
        self._within(scene, acts)
        for act, outer, rule in self.gatherings.parts(scene):
            self._part(scene, act, outer, rule)
        told = scene.near or scene.paragraphs == 1
        if scene.main is not None and told and not scene.frame.done:
            self._said_of(scene, scene.main)

    def _of_events(self, scene: Scene, acts: Sequence[Act]) -> None:
        """Add what belongs to the events of the article; its ceremony brings back a campaign."""
        for act, outer, rule in self.events.parts(scene, acts):
            self._part(scene, act, outer, rule)
            if outer is self.campaign and rule == CEREMONY:
                self.paragraph = scene.sentence.paragraph

    def _deed(self, scene: Scene, act: Act, around: Sequence[Act]) -> None:
        """Add what an act is done in: an event around it, or the campaign announced before it."""
        start = act.item.mention.start
        outer = (
            [one for one in around if self._covers(one, start) and not is_find(one)]
            if around
            else []
        )
        if outer and is_meeting(outer[-1]) and pattern(_DEMANDS).match(outer[-1].item.trail):
            outer = []  # 会议要求，开展…: after it
        inside = outer[-1:] if outer and outer[-1].item.mention.nominal else []
        for one in inside or outer:
            self._part(scene, act, one, "framework.inside")
        if not inside and not self._is_listed(act):
            self._campaign(scene, act)
        if not scene.inherited:
            self.deeds.append((scene, act))

    def _all_that(self, scene: Scene, outer: Act) -> None:
        """Add that all that was told of is a part of something (上述工作均是甲行动的一部分)."""
        sentence = scene.sentence.span
        if pattern(_ALL_THAT).search(self.reading.text, sentence.start, outer.item.mention.start):
            for act in self.wholes.body():
                self._part(scene, act, outer, "framework.said")

    def _join(self, scene: Scene, act: Act) -> None:
        """Take a campaign that an article begins with as what its acts belong to (以甲行动为抓手)."""
        if act.usage != FRAMEWORK or scene.sentence.span.start < self.reading.scan.title_end:
            return
        self.kin.joined.setdefault(act.item.entity, {one.entity for one in scene.subjects})
        opens = not self.deeds or self.deeds[0][0].sentence is scene.sentence
        if opens and self.campaign is None and self._is_formal(scene, act):
            self.campaign, self.paragraph = act, scene.sentence.paragraph

    def _is_formal(self, scene: Scene, act: Act) -> bool:
        """Return whether an act is a campaign with a name of its own, not told as one of several."""
        text = act.item.mention.text
        named = pattern(_NAMED).search(text) and pattern(r"<campaign>(?:活动)?”?$").search(text)
        return bool(named) and not self._is_point(scene)

    def _covers(self, outer: Act, start: int) -> bool:
        """Return whether an activity goes on around what follows; a lesson ends at a semicolon."""
        end = outer.item.mention.end
        ends = is_lesson(outer) and "；" in self.reading.text[end:start]
        return end <= start and not ends

    def _said_of(self, scene: Scene, act: Act) -> None:
        """Add what a sentence says an act to be a part of (这是某局甲行动的一部分)."""
        for outer in scene.frame.around:
            if outer.usage != FRAMEWORK or not is_stage(outer.item.trail):
                continue
            if act.item.entity == outer.item.entity and self.deeds:
                act = self.deeds[-1][1]  # the title has named the whole
            if act.item.entity != outer.item.entity:
                self._part(scene, act, outer, "framework.said")
                if self.campaign is None:
                    self._campaign(scene, outer)

    def _campaign(self, scene: Scene, act: Act) -> None:
        """Add that an act belongs to the campaign announced before it."""
        text = act.item.mention.text
        body = scene.sentence.span.start >= self.reading.scan.title_end
        if body and (self.campaign is None or self.is_event):
            formal = pattern(_NAMED).search(text) and not (
                any(one.listed and is_campaign(one) for one in scene.frame.done)
                or self._is_point(scene)
            )
            if formal and pattern(r"<campaign>$").search(text):
                self.campaign, self.paragraph = act, scene.sentence.paragraph
                self.is_event = False
                return
            if formal and self.campaign is None and self._is_public(act):
                self.campaign, self.paragraph = act, scene.sentence.paragraph
                self.is_event = True
                return
        if self.campaign is None:
            return
        if pattern(r"<occasion>(?:活动)?$").search(text):
            return
        # Who is rescued on the way is no part of a campaign for something else.
        rescues = pattern(r"(?:搜救|搜寻|救援|救助|营救)$").search(text)
        if rescues and not pattern(r"[救灾险汛]").search(self.campaign.item.mention.text):
            return
        near = self._distance(scene) <= 1 or pattern(_FIRST).match(text)
        if near and (self._follows(scene, act) or self.kin.is_ours(scene, self.campaign)):
            self.paragraph = scene.sentence.paragraph
            self._part(scene, act, self.campaign, "framework.campaign")

    def _is_public(self, act: Act) -> bool:
        """Return whether an act is a campaign of publicity, or a series that the title names."""
        text = act.item.mention.text
        if pattern(_PUBLICITY).search(text):
            return True
        lasting = any(pattern(_LASTING).search(item.mention.text) for item in act.times)
        return bool(lasting and pattern(_SERIES_NAME).search(text)) and self.kin.in_title(act)

    def _follows(self, scene: Scene, act: Act) -> bool:
        """Return whether an act follows the campaign in its frame (甲联合乙开展行动，进行检查)."""
        if self.campaign not in scene.frame.done:
            return False
        start = self.campaign.item.mention.end
        return "；" not in self.reading.text[start : act.item.mention.start]

    def finish(self) -> None:
        """Add what each division does in an event that all take part in (组织甲、乙开展…。甲开展…)."""
        joint: tuple[Act, int] | None = None
        for scene, act in self.deeds:
            paragraph, text = scene.sentence.paragraph, act.item.mention.text
            heads = self.statements.heads("takes_part", act.item.entity)
            # What else they do together in a campaign belongs to it.
            within = joint is not None and paragraph == joint[1] and self._is_big(joint[0])
            if heads and not within and any(head.startswith("unit-") for head in heads):
                joint = (act, paragraph) if not pattern(_TOLD_OF).search(text) else None
            elif joint is not None and paragraph - joint[1] <= _NEXT and not text.startswith("“"):
                units = {item.entity for item in scene.subjects if item.type == "UNIT"}
                part = self.statements.heads("takes_part", joint[0].item.entity)
                if units and units <= part:
                    self._part(scene, act, joint[0], "framework.jointly")
        for scene, act, whole in self.wholes.parts():
            if act.item.entity not in self.within and self.kin.belongs(scene, whole):
                self._part(scene, act, whole, "framework.whole")

    @staticmethod
    def _is_big(act: Act) -> bool:
        """Return whether an act is a campaign, in which others are parts."""
        return bool(pattern(r"<campaign>”?$").search(act.item.mention.text))

    def _distance(self, scene: Scene) -> int:
        """Return how many paragraphs lie between a scene and the campaign, headlines left out."""
        last = scene.sentence.paragraph
        if last - self.paragraph <= 1:
            return last - self.paragraph
        full = {
            sentence.paragraph
            for sentence in self.reading.sentences
            if self.paragraph < sentence.paragraph <= last
            and self.reading.text.startswith(("。", "！", "”", "）"), sentence.span.end - 1)
        }
        return len(full)

    def _is_point(self, scene: Scene) -> bool:
        """Return whether the line is one point of several (——打。 · 一、); a subtitle is none."""
        start = self.reading.text.rfind("\n", 0, scene.sentence.span.start + 1) + 1
        return bool(pattern(_POINT).match(self.reading.text, start))

    def _within(self, scene: Scene, acts: Sequence[Act]) -> None:
        """Add the acts that a frame puts inside another by its words."""
        if self.listed:
            for act in acts:
                if self._is_listed(act):
                    self._part(scene, act, self.listed, "framework.list")
        for one, two in pairwise(acts):
            if self._names(one, two) or self._is_stage(scene, one):
                self._part(scene, two, one, "framework.name")
            if self._is_series(one, two):
                self._part(scene, one, two, "framework.series")
        self._driven(scene)
        for one, two in pairwise(scene.frame.done):
            if two.listed or is_case(one):
                continue
            if pattern(r"(?<![并还又])(?:组织|带领)[^，]*$").search(_people_lead(two)):
                self._part(scene, two, one, "framework.within")
        self._party_lessons(scene)

    def _driven(self, scene: Scene) -> None:
        """Add what is done to carry on a campaign (持续推进甲工作，开展乙整治)."""
        acts = scene.frame.done
        if len(acts) < 2 or not pattern(_DRIVEN).search(acts[0].item.lead):
            return
        start, text = acts[0].item.mention.end, self.reading.text
        for act in acts[1:]:
            between = text[start : act.item.mention.start]
            beside = not between.strip("“”、和及与")  # “昆仑”“净网”等专项行动
            start = act.item.mention.end if beside else start
            if "；" not in between and not act.listed and not beside:
                self._part(scene, act, acts[0], "framework.driven")

    @staticmethod
    def _names(outer: Act, act: Act) -> bool:
        """Return whether an act bears another in its name (“甲”行动启动仪式)."""
        touch = outer.item.mention.end == act.item.mention.start
        quotes = act.item.mention.text.startswith("“")  # “甲”“乙”: a list
        return touch and not quotes and not outer.item.mention.nominal

    @staticmethod
    def _is_stage(scene: Scene, outer: Act) -> bool:
        """Return whether what follows is a stage of an act (作为某局甲行动的一站，…)."""
        owner = [g for g in scene.sentence.groups if g.end == outer.item.mention.start]
        lead = owner[0].lead if owner else outer.item.lead
        return lead.endswith("作为") and bool(pattern(r"^的[^，]{0,6}，").match(outer.item.after))

    def _is_series(self, act: Act, outer: Act) -> bool:
        """Return whether an act is said to be one of a series (甲是乙的第三站)."""
        behind = pattern(r"^的[^，]{0,8}<stage>").match(outer.item.trail)
        return bool(behind and pattern(_SERIES).match(self.reading.text, act.item.mention.end))

    def _party_lessons(self, scene: Scene) -> None:
        """Add the lesson that is given on a party day."""
        for act in scene.frame.done:
            text = act.item.mention.text
            if "党日" in text:
                self.party_day = act
            elif self.party_day is not None and text.endswith("党课"):
                self._part(scene, act, self.party_day, "framework.party")

    def _open_list(self, scene: Scene, acts: Sequence[Act]) -> None:
        if self.listed and self.listed.item.mention.start < scene.sentence.span.start:
            self.listed = None
        for act in acts:
            if self._lists(act):
                self.listed = act
                break

    def _is_listed(self, act: Act) -> bool:
        """Return whether an act stands in a list of the parts of another."""
        return self.listed is not None and (act.item.mention.start > self.listed.item.mention.end)

    def _lists(self, act: Act) -> bool:
        """Return whether what follows an act are its parts (清查同步展开：甲…；乙…)."""
        end = act.item.mention.end
        tail = self.reading.tail(end)
        if not self.reading.text.startswith("：", end + len(tail)):
            return False
        return bool(pattern(r"^[^，]{0,6}<starts>").match(tail))

    def _part(self, scene: Scene, act: Act, outer: Act, rule: str) -> None:
        self.within.add(act.item.entity)
        if not (is_case(outer) and is_lesson(act)):  # 侦破一起诈骗案 … “法治夜校”
            self.statements.add(scene, "part_of", act.item, outer.item, rule)


def _going_on(around: Iterable[Act]) -> list[Act]:
    """Return the activities that a frame plays in, without those that are over by then."""
    return [act for act in around if not pattern(AFTER).match(act.item.trail)]


def _people_lead(act: Act) -> str:
    """Return the words before the people of an act."""
    return act.people[-1].lead if act.people else ""
