"""Which activity is a part of which."""

import functools
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

from kg.language.lexicon import lexicon
from kg.relate.act import FRAMEWORK, Act, is_find, is_lesson, is_stage, is_step
from kg.relate.reading import Reading
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.thread import AFTER
from kg.relate.words import pattern
from kg.resolve.wordings import has_head

# A campaign has a name of its own: in quotes, or by what it is.
_NAMED: Final = r"(?:^.{0,8}“|专项|集中|统一|大练兵|会战|攻坚)"
_PUBLICITY: Final = r"(?:宣传[月周季]活动|^“[^”]*”(?:主题|集中|系列)宣传活动)$"
_SERIES_NAME: Final = r"^“[^”]*”[^“”]{0,10}活动$"
_LASTING: Final = r"连日来|近期|近来|以来|起$|期间"
_TOLD_OF: Final = r"(?:会|仪式|培训班?|演练|侦查|调解|大赛|比武)$"
_NEXT: Final = 2  # paragraphs
_POINT: Final = r"\s*(?:——|[■▲●◆★]|（?[一二三四五六七八九十]{1,2}[）、是]|[0-9]{1,2}[.、）])"
_FIRST: Final = r"首(?:夜|日|战|轮|次|波|场)"  # 首夜集中清查: the campaign has begun
_AMONG: Final = r"^(?:[“”]|等?[^，]{0,4}(?:行动|部署|攻势|战役|工程))"  # “甲”“乙”等专项行动
_GATHERING: Final = r"(?:开放日|夜谈会|恳谈会|培训班)(?:活动)?”?$"
_WORDINGS: Final = 4096  # of activities, kept in mind
_ELSEWHERE: Final = r"(?:会|会议|行动|整治|走访|巡逻|执勤)(?:活动)?”?$"
_SOLVED: Final = r"^(?:成功)?(?:打掉|破获|侦破|捣毁|端掉|化解)"
_SOLVES: Final = r"(?:侦查|抓捕|收网|追捕|调解)(?:行动)?$"
# A ceremony without a name of its own, and what it opens or closes.
_CEREMONIES: Final = (
    (r"^(?:开班|结业|结训)(?:仪式|式)$", r"(?:培训|集训|训练)[班营]?(?:活动)?”?$"),
    (r"^(?:开幕|闭幕|颁奖|授奖)(?:仪式|式)$", r"<contest>(?:活动)?”?$"),
    (r"^(?:启动|出征|誓师|动员)(?:仪式|大会)$", r"(?:<campaign>|活动|宣传[月周日])”?$"),
)
_ON_THE_SPOT: Final = r"在(?:活动)?现场"
_GROUPS: Final = (
    r"(?:分成|分为|兵分|编成|组成)[两二三四五六七八九多数\d]+(?:个|支)?[^，。；]{0,4}[组路队]"
)
_SERIES: Final = r"(?:，|[^，。；]{0,4}?)(?:是|作为|系|为)"


class Frameworks:
    """Adds part_of, scene after scene."""

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.campaign: Act | None = None
        self.is_event = False  # whether the campaign is one of publicity only
        self.paragraph = 0
        self.deeds: list[tuple[Scene, Act]] = []
        self.event: Act | None = None
        self.party_day: Act | None = None
        self.gathering: Act | None = None  # an event that people come to
        self.gathered = 0  # its paragraph
        self.case: Act | None = None
        self.events: list[Act] = []  # of the body, in order
        self.listed: Act | None = None  # whose parts the rest of the sentence tells

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        acts = scene.frame.acts
        if not acts:
            return
        around = [act for act in scene.frame.around if not pattern(AFTER).match(act.item.trail)]
        if self.campaign and self.campaign.item.entity in {act.item.entity for act in around}:
            self.paragraph = scene.sentence.paragraph
        self._open_list(scene, acts)
        for act in scene.frame.done:
            if is_stage(act.item.trail):  # 此次培训是“甲”活动的一项重要内容
                continue
            start = act.item.mention.start
            outer = [one for one in around if self._covers(one, start) and not is_find(one)]
            inside = [one for one in outer[-1:] if one.item.mention.nominal]
            for one in inside or outer:
                self._part(scene, act, one, "framework.inside")
            if not inside and not self._is_listed(act):
                self._campaign(scene, act)
            if not scene.inherited:
                self.deeds.append((scene, act))
        if scene.sentence.span.start >= self.reading.scan.title_end:
            self._lessons(scene, acts)
            self._ceremonies(scene, acts)
            self._meanwhile(scene)
        self._within(scene, acts)
        self._gathered(scene)
        told = scene.near or scene.paragraphs == 1
        if scene.main is not None and told and not scene.frame.done:
            self._said_of(scene, scene.main)

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
            formal = pattern(_NAMED).search(text) and not self._is_point(scene)
            if formal and pattern(r"<campaign>$").search(text):
                self.campaign, self.paragraph = act, scene.sentence.paragraph
                self.is_event = False
                return
            lasting = any(pattern(_LASTING).search(item.mention.text) for item in act.times)
            series = lasting and pattern(_SERIES_NAME).search(text) and self._in_title(act)
            public = series or pattern(_PUBLICITY).search(text)
            if formal and self.campaign is None and public:
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
        if near and (self._follows(scene, act) or self._is_ours(scene, self.campaign)):
            self.paragraph = scene.sentence.paragraph
            self._part(scene, act, self.campaign, "framework.campaign")

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
            if not within and any(head.startswith("unit-") for head in heads):
                joint = (act, paragraph) if not pattern(_TOLD_OF).search(text) else None
            elif joint is not None and paragraph - joint[1] <= _NEXT and not text.startswith("“"):
                units = {item.entity for item in scene.subjects if item.type == "UNIT"}
                part = self.statements.heads("takes_part", joint[0].item.entity)
                if units and units <= part:
                    self._part(scene, act, joint[0], "framework.jointly")

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

    def _is_ours(self, scene: Scene, act: Act) -> bool:
        """Return whether who acts belongs to those who carry out the campaign."""
        hosts = self.statements.heads("organizes", act.item.entity)
        parents = self.reading.parents
        above = {parents.get(host, "") for host in hosts} - {""}
        units = [item for item in scene.subjects if item.type == "UNIT"]
        if self._is_split(scene, act) and {item.entity for item in scene.subjects} <= hosts:
            return True
        brief = any("日至" in item.mention.text for item in act.times)
        if not brief and self._in_title(act):  # the article's own: its partners need not act again
            hosts = {host for host in hosts if host.startswith("unit-")}
        kin = len({parents.get(host, host) for host in hosts}) == 1
        if len(hosts) > 1 and len(units) == 1 and not kin:
            return False  # one of several partners acts by itself
        for unit in units:
            if parents.get(unit.entity, "") in above:
                return True
            one = unit.entity
            while one and one not in hosts:
                one = parents.get(one, "")
            if one:
                return True
        return False

    def _in_title(self, act: Act) -> bool:
        """Return whether the title or the line under it names an act."""
        text, sentences = self.reading.text, self.reading.sentences
        head = takewhile(lambda one: not text.startswith("。", one.span.end - 1), sentences)
        return any(item.entity == act.item.entity for one in head for item in one.items)

    def _is_split(self, scene: Scene, act: Act) -> bool:
        """Return whether those who carry out an act have parted for it (执法人员分成三组)."""
        text, start = self.reading.text, act.item.mention.end
        return bool(pattern(_GROUPS).search(text, start, scene.sentence.span.start + 1))

    def _lessons(self, scene: Scene, acts: Sequence[Act]) -> None:
        """Add the quoted parts of an event (“交通课堂” of a day at school)."""
        for act in filter(self._is_own, acts):
            if act.usage == FRAMEWORK:
                continue
            text = act.item.mention.text
            lesson = pattern(r"(?:^“[^”]*”?(?:<lesson>)?”?|<lesson>)$").search(text)
            if bool(lesson) == (self.event is None) or pattern(_AMONG).match(act.item.after):
                continue  # the first event is no lesson, its parts are lessons
            if self.event is None:
                if not pattern(r"<looking>”?$").search(text):
                    self.event = act
            elif not pattern(r"<hold>了?[^，]{0,6}$").search(act.item.lead):
                self._part(scene, act, self.event, "framework.lesson")

    def _ceremonies(self, scene: Scene, acts: Sequence[Act]) -> None:
        """Add the ceremony that opens or closes what was told of before (培训班 … 开班仪式)."""
        for act in acts:
            text = act.item.mention.text
            if act.item.mention.nominal:
                continue
            if text.endswith(("仪式", "式", "大会")):
                whole = next((end for name, end in _CEREMONIES if pattern(name).match(text)), "")
                events = [one for one in self.events if whole and self._is_a(one, whole)]
                named = [one for one in events if "“" in one.item.mention.text]
                for event in (named or events)[-1:]:
                    self._part(scene, act, event, "framework.ceremony")
                    if event is self.campaign:
                        self.paragraph = scene.sentence.paragraph
            self.events.append(act)

    def _meanwhile(self, scene: Scene) -> None:
        """Add what is done while an event goes on (培训期间还举行了比武)."""
        heads = [item.mention.text.removesuffix("期间") for item in scene.frame.times]
        heads = [head for head in heads if head in lexicon().terms("act.nominal")]
        for act in scene.frame.done if heads else ():
            events = [one for one in self.events if has_head(one.item.mention.text, heads[0])]
            for event in events[-1:]:
                self._part(scene, act, event, "framework.meanwhile")

    @staticmethod
    def _is_a(act: Act, name: str) -> bool:
        return bool(pattern(name).search(act.item.mention.text))

    @staticmethod
    def _is_own(act: Act) -> bool:
        """Return whether an act is an event or a part of one: no step, list or campaign."""
        if act.item.mention.nominal or act.listed or is_step(act):
            return False
        return not pattern(r"<campaign>”?$").search(act.item.mention.text)

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
        for one, two in pairwise(scene.frame.done):
            if not two.listed and pattern(r"(?<![并还又])(?:组织|带领)[^，]*$").search(
                _people_lead(two)
            ):
                self._part(scene, two, one, "framework.within")
        self._party_lessons(scene)

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

    def _gathered(self, scene: Scene) -> None:
        """Add what is done at an event that people come to, and the steps that solve a case."""
        if scene.sentence.span.start < self.reading.scan.title_end:
            return
        for act in scene.frame.acts:
            what = _kind_of(act.item.mention.text)
            if what == _GATHERING:
                self.gathering, self.gathered = act, scene.sentence.paragraph
            elif self.gathering and self._is_gathered(scene, act, self.gathering):
                self._part(scene, act, self.gathering, "framework.gathered")
            if what == _SOLVED:
                self.case = self.case or act
            elif self.case and what == _SOLVES:
                self._part(scene, act, self.case, "framework.case")

    def _is_gathered(self, scene: Scene, act: Act, event: Act) -> bool:
        """Return whether an act is done at the event that people have come to."""
        text = act.item.mention.text
        told = act in scene.frame.done or text.endswith(("开班仪式", "结业仪式"))
        if not told or act.item.mention.nominal or is_stage(act.item.trail):
            return False
        if text in event.item.mention.text or pattern(_ELSEWHERE).search(text):
            return False
        last = self.gathered
        start = scene.sentence.span.start
        here = pattern(_ON_THE_SPOT).search(self.reading.text, start, act.item.mention.start)
        if scene.inherited or scene.officers or here:
            last += _NEXT if "开放日" in event.item.mention.text else 1
        elif "开放日" in event.item.mention.text and not scene.frame.times:
            last += self._is_ours(scene, event)  # its divisions show what they have
        same_day = scene.frame.times in ([], event.times)
        return same_day and scene.sentence.paragraph <= last

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
        self.statements.add(scene, "part_of", act.item, outer.item, rule)


@functools.lru_cache(maxsize=_WORDINGS)
def _kind_of(text: str) -> str:
    """Return what an act is to others: an event, a case, a step of one, or nothing."""
    for what in (_GATHERING, _SOLVED, _SOLVES):
        if pattern(what).search(text):
            return what
    return ""


def _people_lead(act: Act) -> str:
    """Return the words before the people of an act."""
    return act.people[-1].lead if act.people else ""
