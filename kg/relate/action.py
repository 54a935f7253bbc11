"""Who carries out an activity, who joins in, and who works with whom."""

from collections.abc import Iterable, Sequence
from typing import Final

from kg.relate import roles
from kg.relate.act import (
    FRAMEWORK,
    JOINED,
    Act,
    gives,
    is_campaign,
    is_contest,
    is_lesson,
    is_match,
)
from kg.relate.frame import Frame
from kg.relate.paper import is_agreed
from kg.relate.partners import bodies, by_people
from kg.relate.reading import ACTORS, Group, Item, Reading
from kg.relate.scene import Scene
from kg.relate.speech import only_says, says, speaks_after, speaks_at
from kg.relate.statement import Statements
from kg.relate.thread import AFTER
from kg.relate.words import pattern

_JOINING: Final = (roles.DIRECTED, roles.HELPER, roles.INVITED, roles.ATTENDING, roles.OTHER)
_ALONE: Final = frozenset((roles.SUBJECT,))
_LEADS: Final = r"^[^，]{0,4}<lead>(?!人)"
_COMES: Final = r"^[^，]{0,14}(?:<support>|<come>)"
_OFFICE: Final = r"^副?[省市县区旗州盟乡镇]长、"  # 县政府副县长、公安局局长X: another post of X
_WINS: Final = r"^[^，]{0,6}<award>"
_GIVEN_BY: Final = r"(?:主讲|授课|讲课|宣讲)(?:人|老师|嘉宾|者)?(?:的)?(?:正|就)?是[^，。]{0,20}$"
_SHARED: Final = r"^(?:分[段片头区工]|轮流|具体|全程)?(?:包保|包片|负责|承担|落实|值守)"
_BY: Final = r"^(?:这|此|本|该)[堂场次项期]?[^，]{1,6}由$"  # 这堂课由甲举办
_HELD_BY: Final = r"^(?:等[^，]{0,6})?(?:一起|携手|负责|<together>)?<hold>"
# 副总队长甲、副检察长乙，以及学生代表1200余人参加
_WITH_OTHERS: Final = r"，?(?:以及|及)[^。；]{2,40}?(?:参加|出席|参与|到场|观摩)"
_HOSTS: Final = r"^(?:等[^，]{0,6})?(?:共同|联合)?(?:主办|承办|举办)"
_OPENING: Final = r"(?:开幕式|闭幕式|(?:开班|启动|结业)仪式)”?$"


class Actions:
    """Adds organizes, takes_part and cooperates_with, scene after scene.

    Who acts where nobody is named is kept back until the end: a later sentence may name somebody.
    """

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.named: set[str] = set()  # acts whose organizer the text names
        self.open: dict[str, tuple[str, Scene, Act]] = {}
        self.later: list[tuple[Scene, Item, Act, str]] = []  # who takes part unless it organizes
        self.vague: Act | None = None  # the last act, if its sentence names nobody

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for act in scene.frame.done:
            owner = scene.owner(act)
            if owner is not None and owner.lead == "是":  # 这场课是某局甲活动的第9站
                self._name("organizes", owner.items, act, scene, "owner")
            else:
                self._act(scene, act)
        for act in scene.frame.around:
            if not act.item.mention.nominal:
                self._around(scene, act)
            elif act.item.trail == "由":  # 活动由甲局与乙社区共同举办
                self._given(scene, act)
        for act in (*scene.frame.around, *scene.told) if scene.officers else ():
            speakers = [item for item in scene.officers if speaks_at(item, act)]
            self._each("takes_part", speakers, act, scene, "speaker")
        if scene.main is not None:
            if scene.near:
                self._beside(scene, scene.main)
            before = scene.sentence.groups[0].before
            if before.endswith("由") and pattern(_BY).search(before):
                hosts = bodies(scene.frame.among(roles.SUBJECT, roles.PARTNER))
                self._name("organizes", hosts, scene.main, scene, "by")
        self._share(scene)

    def finish(self) -> None:
        """Give the acts that nobody is named for to whoever acted when they were told."""
        for entity, (relation, scene, act) in self.open.items():
            hosts = [item for item in act.venues if item.type == "UNIT"]
            trained = any(_is_trainee(group) for group in scene.frame.visitors)
            if entity not in self.named and hosts and scene.frame.visitors and not trained:
                self._each("organizes", hosts, act, scene, "venue")
            elif entity not in self.named:
                self._each(relation, scene.subjects, act, scene, "inherited")
        for scene, item, act, rule in self.later:
            if item.entity not in self.statements.heads("organizes", act.item.entity):
                self.statements.add(scene, "takes_part", item, act.item, f"action.{rule}")

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
            self._name("organizes", hosts, act, scene, "host")
            self._each("takes_part", (*scene.subjects, *scene.officers), act, scene, "guest")
            relation = "takes_part"
        if roles.INVITED in frame.cast and act.item.lead.startswith(("联合", "共同")):
            frame.cast.setdefault(roles.PARTNER, []).extend(frame.cast.pop(roles.INVITED))
        self.vague = act if scene.inherited else None
        self._over(scene, act)
        if joins and scene.officers:
            self._each("takes_part", scene.officers, act, scene, "officer")
            return
        owner = self._since_then(scene, act) if scene.inherited else []
        if owner:
            self._name(relation, owner, act, scene, "since")
        elif not scene.inherited:
            self._name(relation, self._each_his_own(scene, act), act, scene, "subject")
        elif not is_contest(act) and not (is_lesson(act) and len(scene.subjects) > 1):
            self.open.setdefault(act.item.entity, (relation, scene, act))
        if not self._is_within(scene, act):
            self._with(scene, act)
        if scene.officers:
            alone = scene.inherited or not bodies(frame.of(roles.SUBJECT))
            if alone or gives(act) or self._leads_himself(scene, act):
                self._each("takes_part", scene.officers, act, scene, "officer")

    def _share(self, scene: Scene) -> None:
        """Add the divisions to which an act is shared out (由乙、丙派出所分段包保, 由乙牵头，丙配合)."""
        cast = scene.frame.of(roles.SUBJECT)
        for group in scene.sentence.groups if cast and scene.told else ():
            if group.lead != "由" or group.items[0] not in cast:
                continue
            acts = [act for act in scene.told if act.item.mention.end <= group.start]
            if acts and pattern(_SHARED).match(group.trail):
                items = [item for item in group.items if self._is_part(item, acts[-1])]
                self._each("takes_part", items, acts[-1], scene, "share")
            helpers = scene.frame.of(roles.HELPER)
            if helpers and acts and acts[-1] not in scene.frame.done:
                self._each("takes_part", [*group.items, *helpers], acts[-1], scene, "share")

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

    def _leads_himself(self, scene: Scene, act: Act) -> bool:
        """Return whether a person is there himself (所长X带着民警开展…)."""
        ends = [i.mention.end for i in scene.officers if i.mention.end <= act.item.mention.start]
        told = self.reading.text[max(ends, default=0) : act.item.mention.start] if ends else ""
        return bool(pattern(r"^(?!.{0,8}<say>)[^。；]{0,12}<himself>").match(told))

    def _sends(self, scene: Scene, act: Act) -> bool:
        """Return whether the subject has others take part (组织民警参加, 把队员送到…参加)."""
        subjects = scene.frame.of(roles.SUBJECT)
        ends = [i.mention.end for i in subjects if i.mention.end <= act.item.mention.start]
        start = max(ends, default=act.item.mention.start - len(act.item.before))
        told = self.reading.text[start : act.item.mention.start]
        return bool(pattern(r"<send>[^。；]*$").search(told))

    def _over(self, scene: Scene, act: Act) -> None:
        """Let a bureau lead what its divisions, named together, throw themselves into."""
        if act.usage != JOINED or len(scene.subjects) < 2:
            return
        over = {self.reading.parents.get(item.entity, "") for item in scene.subjects}
        if len(over) == 1:
            parents = [item for item in scene.parties if item.entity in over]
            self._name("organizes", parents[:1], act, scene, "over")

    def _with(self, scene: Scene, act: Act) -> None:
        """Add those that act together with the subject, or are sent or invited by it."""
        frame = scene.frame
        if frame.cast.keys() <= _ALONE or self._opens_anew(frame, act):
            return
        start = act.item.mention.start
        # 与学校签订《…书》，并开展检查 · 与法院签订《…协议》，每季度召开联席会议
        recurs = pattern(r"每|定期").search(act.item.lead)
        signed = [i.mention.end for i in frame.docs if is_agreed(i) and i.mention.end <= start]
        partners = [
            i
            for i in frame.of(roles.PARTNER)
            if (recurs or max(signed, default=-1) <= i.mention.start) and i.mention.start < start
        ]
        joint = [
            i
            for i in bodies(partners)
            if not by_people(i, self.reading) and not self._houses(i, act)
        ]
        if joint and scene.inherited:
            self._name("organizes", [*scene.subjects, *joint], act, scene, "joint")
        self._name("organizes", joint, act, scene, "joint")
        others = [item for item in partners if item not in joint]
        joining = [*others, *frame.beside(act, *_JOINING)]
        self._each("takes_part", joining, act, scene, "joining")
        sent = [i for i in frame.beside(act, roles.DIRECTED) if i.type == "UNIT"]
        for one in frame.done if sent else ():
            if one.item.mention.end < sent[0].mention.start < start and is_campaign(one):
                self._each("takes_part", sent, one, scene, "sent")

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
            self._name("organizes", owner.items, act, scene, "owner")
        elif not scene.inherited and act.usage == FRAMEWORK:
            self._each("organizes", scene.subjects, act, scene, "framework")
        elif pattern(r"科目”?$").search(act.item.mention.text):
            self._each("takes_part", [] if scene.inherited else scene.subjects, act, scene, "part")
        elif pattern(_OPENING).search(act.item.mention.text):
            if all(item.type == "UNIT" for item in scene.subjects):
                self.open.setdefault(act.item.entity, ("organizes", scene, act))
        elif (
            scene.teaches(act)
            if is_lesson(act)
            else not any(speaks_at(item, act) for item in scene.officers)
        ):
            self.open.setdefault(act.item.entity, ("organizes", scene, act))

    def _given(self, scene: Scene, act: Act) -> None:
        """Add the bodies that a sentence about an act says it was held by."""
        hosts = bodies(scene.frame.among(roles.SUBJECT, roles.PARTNER))
        last = max((item.mention.end for item in hosts), default=0)
        if last > act.item.mention.end and pattern(_HELD_BY).match(self.reading.tail(last)):
            self._name("organizes", hosts, act, scene, "by")

    def _beside(self, scene: Scene, act: Act) -> None:
        """Add what a frame says of the activity named before it."""
        if not scene.distance and speaks_after(scene.officers, act, self.reading):
            self._each("takes_part", scene.officers, act, scene, "speaker")
        if scene.whole and not act.item.mention.nominal:
            return
        cast = scene.frame.of(roles.SUBJECT)
        acting = [item for item in scene.subjects if item in cast] if cast else []
        if acting and not self.statements.is_fact(scene, acting[0]):
            return
        if not scene.inherited:
            for item in acting:
                if not pattern(_OFFICE).match(self.reading.tail(item.mention.end)):
                    self._follower(scene, item, act)
            if acting and pattern(_COMES).match(self.reading.tail(cast[-1].mention.end)):
                houses = [item for item in cast if item.type == "LOC"]  # 以及某医院共60人参加
                self._each("takes_part", houses, act, scene, "follower")
        self._officers(scene, act)
        partners = bodies(scene.frame.of(roles.PARTNER))
        if partners and act is self.vague:
            self._name("organizes", [*scene.subjects, *partners], act, scene, "joint")
        joining = scene.frame.among(roles.HELPER, roles.INVITED, roles.ATTENDING)
        joining = [] if scene.frame.done else joining  # 培训中，邀请甲的骨干开展授课
        if not (scene.frame.times and scene.distance and scene.frame.times != act.times):
            self._each("takes_part", joining, act, scene, "joining")  # 次日 it is something else

    def _follower(self, scene: Scene, item: Item, act: Act) -> None:
        """Add what a subject does in the activity named before it."""
        trail = self.reading.tail(scene.subjects[-1].mention.end)
        if any(
            item in group.items and group.lead == "由" and pattern(_HOSTS).match(group.trail)
            for group in scene.sentence.groups
        ):
            self._name("organizes", [item], act, scene, "by")  # 培训由甲、乙承办，丙参加
            return
        between = self.reading.text[act.item.mention.end : item.mention.start]
        close = not scene.distance and "；" not in between
        if close and not scene.whole and pattern(_LEADS).match(trail):
            self._name("organizes", [item], act, scene, "leader")
        elif "则" in trail[:5] and not act.item.mention.nominal:
            return  # 交警大队则…: something else
        elif pattern(_COMES).match(trail) or (
            (close or is_match(act)) and pattern(_WINS).match(trail)
        ):
            self._each("takes_part", [item], act, scene, "follower")
        elif act.item.mention.nominal or self._is_part(item, act):
            how = self._goes_on(scene, act, close)
            if how == "next" and scene.whole and not self._is_part(item, act):
                return  # it does something else
            if how != "inside" and scene.officers and only_says(scene.officers[-1], self.reading):
                return  # 某局副局长X表示: he tells of it
            self._each("takes_part", [item] if how else [], act, scene, how)

    def _officers(self, scene: Scene, act: Act) -> None:
        """Add persons that speak, sign or win something in the activity named before them."""
        opened = [one for one in scene.told if pattern(_OPENING).search(one.item.mention.text)]
        act = opened[-1] if opened and not scene.whole else act
        for item in scene.officers[-1:]:
            trail = self.reading.tail(item.mention.end)
            if not trail and not scene.distance:
                between = self.reading.text[act.item.mention.end : item.mention.start]
                if pattern(_GIVEN_BY).search(between):
                    self._each("takes_part", scene.officers, act, scene, "giver")
            alone = scene.inherited and scene.distance <= 1
            guest = alone and acts_himself(item) and not says(trail)
            guest = guest or bool(pattern(_WITH_OTHERS).match(self.reading.text, item.mention.end))
            if guest or pattern(_COMES).match(trail) or pattern(_WINS).match(trail):
                self._each("takes_part", scene.officers, act, scene, "officer")

    @staticmethod
    def _goes_on(scene: Scene, act: Act, close: bool) -> str:
        """Return how the frame plays in the activity: inside it or right behind it, if it does."""
        around = [one for one in scene.frame.around if one.item.entity == act.item.entity]
        if any(not pattern(AFTER).match(one.item.trail) for one in around):
            return "inside"
        if around:
            return ""  # 仪式结束后
        if close:
            return "behind"
        event = is_campaign(act) or act.item.mention.text.endswith("活动")
        return "next" if scene.distance == 1 and event else ""

    def _is_part(self, item: Item, act: Act) -> bool:
        """Return whether a unit is a division of who organizes the activity, or its sibling."""
        parents = self.reading.parents
        parent = parents.get(item.entity)
        hosts = self.statements.heads("organizes", act.item.entity) if parent else ()
        return any(parent in (host, parents.get(host)) for host in hosts)

    def _name(
        self, relation: str, items: Sequence[Item], act: Act, scene: Scene, rule: str
    ) -> None:
        if items:
            self.named.add(act.item.entity)
        self._each(relation, items, act, scene, rule)

    def _each(
        self, relation: str, items: Iterable[Item], act: Act, scene: Scene, rule: str
    ) -> None:
        for item in items:
            if relation == "takes_part" and item.type in ACTORS:
                self.later.append((scene, item, act, rule))
            else:
                self.statements.add(scene, relation, item, act.item, f"action.{rule}")


def _is_trainee(group: Group) -> bool:
    """Return whether people are on a course of whoever acts: they do not visit its host."""
    return bool(pattern(r"(?:学员|参训[^，]*|队员|新警)们?$").search(group.items[-1].mention.text))


def acts_himself(item: Item) -> bool:
    """Return whether a person is a subject and neither an object nor a byline."""
    credit = pattern(r"(?:记者|通讯员|摄影|撰文)[：\s]*$").search(item.before)
    return not credit and not pattern(r"(?:[把将到给向被从对]|.{7,})").search(item.lead)
