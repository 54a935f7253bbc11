"""Who carries out an activity, who joins in, and who works with whom."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.language.regions import tuple_of
from kg.model import Mention
from kg.relate import roles
from kg.relate.act import (
    FRAMEWORK,
    JOINED,
    Act,
    gives,
    is_campaign,
    is_case,
    is_contest,
    is_guarded,
    is_lesson,
)
from kg.relate.cast import Casting
from kg.relate.follow import OPENING, Followers
from kg.relate.frame import Frame
from kg.relate.paper import is_agreed
from kg.relate.partners import by_people
from kg.relate.reading import Group, Item, Reading, bodies
from kg.relate.scene import Scene
from kg.relate.speech import speaks_at, tells
from kg.relate.statement import Statements
from kg.relate.words import pattern

_INSPECTED: Final = "(?:视察|考察|调研|督导|检查|指导)(?:活动|工作)?$"  # the house is not the host
_JOINING: Final = (roles.DIRECTED, roles.HELPER, roles.INVITED, roles.ATTENDING, roles.OTHER)
_ALONE: Final = frozenset((roles.SUBJECT,))
_SHARED: Final = r"^(?:分[段片头区工]|轮流|具体|全程)?(?:包保|包片|负责|承担|落实|值守)"
_BY: Final = r"^(?:这|此|本|该)[堂场次项期]?[^，]{1,6}由$"  # 这堂课由甲举办
# 活动由甲局党支部联合乙局党支部共同开展
_HELD_BY: Final = r"^(?:<branch>|等[^，]{0,6})?(?:一起|携手|负责|<together>)?(?:<hold>|牵头)"
_JOINT: Final = r"^(?:共同|(?:<hold>了?)?联合(?!国|会))"  # 约上乙所开展|联合|调解
# What goes on: those met with later in its sentence help to carry it on
_LASTING: Final = r"(?:<campaign>|行动|工作)$"
_CARRIED_ON: Final = r"，(?:并|还|同时|随即|又)?(?:[会联携偕]同|联合|携手|联手)$"
# What they do together is a deed of its own: 联合甲台发布通告, 联合乙行劝阻一起诈骗
_OWN_DEED: Final = (
    r"^[^，]{0,6}(?:发布|劝阻|救助|化解|完成|签[订署]|破获|侦破|查获|抓获|找[到回]|成立|设立|开设)"
)
_TIES: Final = (
    r"(?:[、和及与][^，。；、]{2,16}){0,4}?(?:等[^，]{0,6})?(?:建立|建起|搭建|组建)了?[^，。；]{0,10}"
    r"(?:群|渠道|通道|台账|档案)，"
)
_TEAM: Final = r"^(?:等[^，]{0,6})?(?:共同)?组[成建][^，]{0,8}(?:队|组|专班)"


# ；每晚组织丙, but ；随后把丙搬进操场
_CLOSED: Final = r"；(?!随后|随即|接着|又|还|并|再|双方|后|共同|联合|[^，；]{0,6}后，)"


class Actions:
    """Adds organizes, takes_part and cooperates_with, scene after scene.

    Who acts where nobody is named is kept back until the end: a later sentence may name somebody.
    """

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.casting = Casting(reading, statements)
        self.followers = Followers(self.casting)
        self.first: Scene | None = None  # in which a unit acts below the title

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        self._note_first(scene)
        for act in (one for one in scene.frame.done if not is_guarded(one)):
            owner = scene.owner(act)
            if owner is not None and self._is_anothers(scene, owner, act):
                self.casting.name("organizes", owner.items, act, scene, "owner")
                if act.usage != JOINED:
                    self.casting.each("takes_part", scene.officers, act, scene, "officer")
                    continue
            self._act(scene, act)
        for act in (one for one in scene.frame.around if not is_guarded(one)):
            if not act.item.mention.nominal:
                self._around(scene, act)
            elif act.item.trail == "由":  # 活动由甲局与乙社区共同举办
                self._given(scene, act)
        for act in (*scene.frame.around, *scene.told) if scene.officers else ():
            speakers = [item for item in scene.officers if speaks_at(item, act)]
            self.casting.each("takes_part", speakers, act, scene, "speaker")
        if scene.main is not None:
            self._follow(scene, scene.main)
        self._share(scene)
        if scene.told and not scene.frame.done:
            self._carry_on(scene)

    @staticmethod
    def _is_anothers(scene: Scene, owner: Group, act: Act) -> bool:
        """Return whether an act is carried out by its owner alone.

        这场课是某局甲活动的第9站 · 在某局组织的丙比武中获奖
        """
        if owner.end == act.item.mention.start:
            return owner.lead == "是"
        return owner.items[0] not in scene.frame.among(roles.SUBJECT, roles.PARTNER)

    def finish(self) -> None:
        """Give the acts that nobody is named for to whoever acted when they were told."""
        for entity, (relation, scene, act) in self.casting.open.items():
            hosts = [item for item in act.venues if item.type == "UNIT"]
            trained = any(_is_trainee(group) for group in scene.frame.visitors)
            seen = trained or pattern(_INSPECTED).search(act.item.mention.text)
            if entity not in self.casting.named and hosts and scene.frame.visitors and not seen:
                self.casting.each("organizes", hosts, act, scene, "venue")
            elif entity not in self.casting.named:
                self.casting.each(relation, scene.subjects, act, scene, "inherited")
                # a fair has no host by that, nor has a visit of deputies
                fair = act.item.mention.text.endswith((*tuple_of("act.public"), "视察"))
                headline = not (scene.subjects or fair) and self._in_title(scene)
                if headline and self.first is not None:
                    self.casting.each(relation, self.first.subjects[:1], act, scene, "titled")
        self.casting.finish()

    def _note_first(self, scene: Scene) -> None:
        """Remember the first scene below the title in which a unit acts."""
        if self.first is None and not scene.inherited and not self._in_title(scene):
            acting = any(one.type == "UNIT" and one.after.strip() for one in scene.subjects)
            self.first = scene if acting else None  # no signature

    def _in_title(self, scene: Scene) -> bool:
        return scene.sentence.span.start < self.reading.scan.title_end

    def _act(self, scene: Scene, act: Act) -> None:
        frame = scene.frame
        joins = act.usage == JOINED and not (
            frame.beside(act, roles.DIRECTED)
            or frame.beside(act, roles.INVITED)
            or self._sends(scene, act)
        )
        relation = "takes_part" if joins else "organizes"
        hosts = frame.beside(act, roles.HOST)
        if hosts:
            self.casting.name("organizes", hosts, act, scene, "host")
            self.casting.each("takes_part", (*scene.subjects, *scene.officers), act, scene, "guest")
            relation = "takes_part"
        if roles.INVITED in frame.cast and _is_joint(act):
            frame.cast.setdefault(roles.PARTNER, []).extend(frame.cast.pop(roles.INVITED))
        self.casting.vague = act if scene.inherited else None
        self._over(scene, act)
        if joins and scene.officers:
            self.casting.each("takes_part", scene.officers, act, scene, "officer")
            self.casting.each("takes_part", _without_officers(scene), act, scene, "subject")
            return
        owner = self._since_then(scene, act) if scene.inherited else []
        if owner:
            self.casting.name(relation, owner, act, scene, "since")
        elif not scene.inherited:
            self.casting.name(relation, self._each_his_own(scene, act), act, scene, "subject")
        elif not is_contest(act) and not (is_lesson(act) and len(scene.subjects) > 1):
            self.casting.open.setdefault(act.item.entity, (relation, scene, act))
        if not self._is_within(scene, act):
            self._with(scene, act)
        if scene.officers:
            alone = scene.inherited or not bodies(frame.of(roles.SUBJECT))
            if alone or gives(act) or not tells(scene.officers[-1], self.reading):
                self.casting.each("takes_part", scene.officers, act, scene, "officer")

    def _follow(self, scene: Scene, main: Act) -> None:
        """Add who has a part in what goes on around a scene."""
        self.followers.relate(scene, main)
        if is_case(main):
            self.casting.name("organizes", scene.agents(main), main, scene, "agent")
        before = scene.sentence.groups[0].before
        if before.endswith("由") and pattern(_BY).search(before):
            hosts = bodies(scene.frame.among(roles.SUBJECT, roles.PARTNER))
            self.casting.name("organizes", hosts, main, scene, "by")

    def _share(self, scene: Scene) -> None:
        """Add the divisions to which an act is shared out (由乙、丙派出所分段包保, 由乙牵头，丙配合)."""
        cast = scene.frame.of(roles.SUBJECT) if scene.told else ()
        for group in scene.sentence.groups if cast else ():
            if group.lead != "由" or group.items[0] not in cast:
                continue
            acts = [act for act in scene.told if act.item.mention.end <= group.start]
            if acts and pattern(_SHARED).match(group.trail):
                items = [item for item in group.items if self.casting.is_part(item, acts[-1])]
                self.casting.each("takes_part", items, acts[-1], scene, "share")
            helpers = scene.frame.of(roles.HELPER)
            if helpers and acts and acts[-1] not in scene.frame.done:
                self.casting.each("takes_part", [*group.items, *helpers], acts[-1], scene, "share")

    def _carry_on(self, scene: Scene) -> None:
        """Add those that a campaign is carried on with by whom it was given to (由乙所会同丙镇…)."""
        campaigns = [act for act in scene.told if is_campaign(act)]
        for act in campaigns[-1:]:
            self.casting.name("organizes", _joined_later(scene.frame, act), act, scene, "joint")

    def _each_his_own(self, scene: Scene, act: Act) -> Sequence[Item]:
        """Return who carries out one of several acts (甲、乙分别带来丙和丁)."""
        done = scene.frame.done
        if len(done) == len(scene.subjects) > 1:
            tail = self.reading.tail(scene.subjects[-1].mention.end)
            if pattern(r"^[^，]{0,6}分别").match(tail):
                return [scene.subjects[done.index(act)]]
        return scene.subjects

    @staticmethod
    def _since_then(scene: Scene, act: Act) -> Sequence[Item]:
        """Return the unit that has acted since an act began (开展甲行动以来，某局…)."""
        if not act.item.trail.startswith("以来"):
            return []
        behind = [g for g in scene.sentence.groups if g.start > act.item.mention.start][:1]
        follows = behind and behind[0].type == "UNIT" and behind[0].before == "以来，"
        return behind[0].items if follows else []

    def _sends(self, scene: Scene, act: Act) -> bool:
        """Return whether the subject has others take part (组织民警参加, 把队员送到…参加)."""
        subjects = scene.frame.of(roles.SUBJECT)
        ends = [i.mention.end for i in subjects if i.mention.end <= act.item.mention.start]
        start = max(ends, default=act.item.mention.start - len(act.item.before))
        told = self.reading.text[start : act.item.mention.start]
        return bool(pattern(r"<send>(?<!派出(?=所))[^。；]*$").search(told))

    def _over(self, scene: Scene, act: Act) -> None:
        """Let a bureau lead what its divisions, named together, throw themselves into."""
        if act.usage != JOINED or len(scene.subjects) < 2:
            return
        over = {self.reading.parents.get(item.entity, "") for item in scene.subjects}
        if len(over) == 1:
            parents = [item for item in scene.parties if item.entity in over]
            self.casting.name("organizes", parents[:1], act, scene, "over")

    def _with(self, scene: Scene, act: Act) -> None:
        """Add those that act together with the subject, or are sent or invited by it."""
        frame = scene.frame
        if frame.cast.keys() <= _ALONE or self._opens_anew(frame, act):
            return
        start = act.item.mention.start
        # 与学校签订《…书》，并开展检查 · 与法院签订《…协议》，每季度召开联席会议
        recurs = pattern(r"每|定期").search(act.item.lead)
        signed = [] if recurs else [i.mention for i in frame.docs if is_agreed(i)]
        partners = [
            i
            for i in frame.of(roles.PARTNER)
            if i.mention.start < start
            and not (signed and self._only_signs(scene, i, signed, start))
            and not self._is_cut_off(frame, i, act)
            and not self._only_links(i, act)
        ]
        joint = [
            i
            for i in bodies(partners)
            if not by_people(i, self.reading) and not self._houses(i, act)
        ]
        if act is frame.done[-1] and pattern(_LASTING).search(act.item.mention.text):
            joint += _joined_later(frame, act)
        if joint and scene.inherited:
            self.casting.name("organizes", [*scene.subjects, *joint], act, scene, "joint")
        self.casting.name("organizes", joint, act, scene, "joint")
        others = [item for item in partners if item not in joint]
        joining = [*others, *frame.beside(act, *_JOINING)]
        self.casting.each("takes_part", joining, act, scene, "joining")
        sent = [i for i in frame.beside(act, roles.DIRECTED) if i.type == "UNIT"]
        for one in scene.told if sent else ():
            if one.item.mention.end < sent[0].mention.start < start and is_campaign(one):
                self.casting.each("takes_part", sent, one, scene, "sent")

    @staticmethod
    def _only_signs(scene: Scene, item: Item, papers: Sequence[Mention], start: int) -> bool:
        """Return whether a partner of an act at ``start`` only signs a paper before it.

        Who held a meeting before goes on (与乙局召开会议，签署《…协议》，并启动丙行动).
        """
        began = [
            a.item.mention.end for a in scene.frame.done if a.item.mention.start > item.mention.end
        ]
        return any(
            item.mention.end <= paper.start < start and min(began, default=start) > paper.start
            for paper in papers
        )

    def _is_cut_off(self, frame: Frame, partner: Item, act: Act) -> bool:
        """Return whether what a partner had part in is closed (联合甲开展乙；每晚组织丙)."""
        end, start = partner.mention.end, act.item.mention.start
        if "；" not in self.reading.text[end:start]:
            return False
        ends = [a.item.mention.end for a in frame.done if end < a.item.mention.start < start]
        closed = pattern(_CLOSED).search(self.reading.text[ends[-1] : start]) if ends else None
        return closed is not None

    def _only_links(self, item: Item, act: Act) -> bool:
        """Return whether a partner only has a line to the subject (与甲委建立联络群，每日开展巡逻)."""
        start, end = item.mention.end, act.item.mention.end
        tied = pattern(_TIES).match(self.reading.text, start, end)
        if tied is None:
            return False
        return not pattern(r"<together>|联").search(self.reading.text, tied.end(), end)

    @staticmethod
    def _opens_anew(frame: Frame, act: Act) -> bool:
        """Return whether an act begins a clause of its own (联合甲开展乙；丙行动也已铺开)."""
        anew = act is not frame.done[0] and not act.listed and not act.item.lead
        return anew and "；" in act.item.before

    def _houses(self, item: Item, act: Act) -> bool:
        """Return whether a hospital is with the police in its own house: it takes part there."""
        name = self.reading.entities[item.entity].name
        if not name.endswith("院"):
            return False
        there = "在该院" in self.reading.text[item.mention.end : act.item.mention.start]
        return there or any(self.reading.entities[i.entity].name == name for i in act.venues)

    @staticmethod
    def _is_within(scene: Scene, act: Act) -> bool:
        """Return whether an act is a part of the one before (开展甲，组织学生上乙)."""
        if act is scene.frame.done[0] or act.listed or not act.people:
            return False
        return bool(pattern(r"(?:组织|带领|引导)[^，]*$").search(act.people[-1].lead))

    def _around(self, scene: Scene, act: Act) -> None:
        """Add who carries out the activity inside which a frame plays."""
        owner = scene.owner(act)
        if owner is not None:
            self.casting.name("organizes", owner.items, act, scene, "owner")
            if act.usage == FRAMEWORK and not scene.inherited:
                start = act.item.mention.start
                own = [i for i in scene.subjects if scene.frame.done or i.mention.end < start]
                self.casting.each("takes_part", own, act, scene, "under")
        elif not scene.inherited and act.usage == FRAMEWORK:
            # 甲行动开展以来，乙局坚持…，其丙所查获…: a division of who leads it does not lead
            led = self.casting.statements.heads("organizes", act.item.entity)
            own = [i for i in scene.subjects if self.reading.parents.get(i.entity) not in led]
            self.casting.each("organizes", own, act, scene, "framework")
        elif pattern(r"科目”?$").search(act.item.mention.text):
            self.casting.each(
                "takes_part", [] if scene.inherited else scene.subjects, act, scene, "part"
            )
        elif pattern(OPENING).search(act.item.mention.text):
            if all(item.type == "UNIT" for item in scene.subjects):
                self.casting.open.setdefault(act.item.entity, ("organizes", scene, act))
        elif (
            scene.teaches(act)
            if is_lesson(act)
            else not any(speaks_at(item, act) for item in scene.officers)
        ):
            self.casting.open.setdefault(act.item.entity, ("organizes", scene, act))

    def _given(self, scene: Scene, act: Act) -> None:
        """Add the bodies that a sentence about an act says it was held by."""
        hosts = bodies(scene.frame.among(roles.SUBJECT, roles.PARTNER))
        last = max((item.mention.end for item in hosts), default=0)
        if last > act.item.mention.end and pattern(_HELD_BY).match(self.reading.tail(last)):
            self.casting.name("organizes", hosts, act, scene, "by")


def _without_officers(scene: Scene) -> list[Item]:
    """Return the units beside officers of others (副局长甲，乙大队、丙派出所|负责人|参加会议)."""
    subjects = scene.frame.of(roles.SUBJECT)
    owners = {
        one.entity
        for one, behind in pairwise(scene.sentence.items)
        if behind.type == "PER" and behind in subjects
    }
    return [i for i in subjects if i.type == "UNIT" and i.entity not in owners]


def _is_joint(act: Act) -> bool:
    """Return whether those who were asked along carry an act out too (约上乙所开展联合调解)."""
    return bool(pattern(_JOINT).match(act.item.lead + act.item.mention.text))


def _joined_later(frame: Frame, act: Act) -> list[Item]:
    """Return the bodies that a campaign is carried on with (启动甲行动，会同乙局、丙镇设卡检查)."""
    later = [i for i in bodies(frame.of(roles.PARTNER)) if i.mention.start > act.item.mention.end]
    if not later:
        return []
    team = later[0].before.endswith(("，与", "，同")) and pattern(_TEAM).match(later[-1].trail)
    goes_on = pattern(_CARRIED_ON).search(later[0].before)
    if not team and (not goes_on or pattern(_OWN_DEED).match(later[-1].trail)):
        return []
    signed = any(paper.mention.start > later[0].mention.start for paper in frame.docs)
    return [] if signed else later


def _is_trainee(group: Group) -> bool:
    """Return whether people are on a course of whoever acts: they do not visit its host."""
    return bool(pattern(r"(?:学员|参训[^，]*|队员|新警)们?$").search(group.items[-1].mention.text))
