"""Who signs or issues which document, and which documents an activity is about."""

from typing import Final

from kg.relate import roles
from kg.relate.act import Act
from kg.relate.reading import ACTORS, COUNT, Group, Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

_SIGNED: Final = r"(?:<sign>|(?<!参与)(?!发布会)<issue>)(?:了|好|成|的是)?(?:[^，]{0,8})$"
_NEW: Final = r"新近?(?:<issue>|颁布|实施|施行)的[^，]{0,6}$"  # 新修订的《…法》: by the lawgiver
# 对…制度落实情况开展检查: the method is looked into, not practised.
OBJECT_OF: Final = r"(?:对|围绕|针对)[^，]{0,10}$"
_ABOUT: Final = r"<about>(?:了)?[^，]{0,8}$"
# Words before and behind a paper that is only named in passing: 观看《甲》警示片 · 违反《甲》规定 ·
# 依据《甲》对其处罚 · 按照《方案》部署 · 受《甲》保护 · 在《甲》里看出漏洞
_BY_THE_WAY: Final = (
    (r"<screen>[^，]{0,8}$", r""),
    (r"", r"^(?:等)?[^，]{0,2}<film>"),
    (r"<breach>[^，]{0,4}$", r""),
    (r"<basis>[^，]{0,4}$", r"^[^。]*<punish>"),
    (r"(?:<basis>|结合|作为)$", r"^[^，]{0,6}<order>"),
    (r"<basis>[^，]{0,4}$", r"^(?:[^，]{0,8}规定)?，"),
    (r"受[^，]{0,2}$", r"^[^，]{0,4}保护"),
    (r"在[^，]{0,2}$", r"^(?!上[^，]{0,4}(?:[签按摁捺]|画押))"),
)
_SETTLES: Final = r"(?:调解|化解|调处|协调)(?:会|工作)?”?$|^(?:成功)?(?:调解|化解)"
_AT_ODDS: Final = r"(?:双方|[两几]家|[两几]户|两人|当事人)[^，]{0,8}$"
_GUESTS: Final = (
    r"(?:参会|与会|参训|参赛|到场|在场|全体|参加)[^，与和同]{0,6}[员表众户生长][^，与和同]{0,6}$"
)
_THEMSELVES: Final = (
    rf"^{COUNT}?$|(?:督促|要求|引导|动员|组织|带领|鼓励|让|请|发动|倡议|劝)[^，]{{0,6}}$"
)
# 并通过《一封信》“小手拉大手”: by means of it. 会议审议通过《…》: it is passed.
_BY_MEANS: Final = r"(?<!审议)(?<!表决)(?<!讨论)(?<!一致)通过$"
_CEREMONY: Final = r"(?:签约|签署|签字|签订)(?:仪式|活动)?$"
_OWN: Final = r"(?:制定|制订|出台|印发|编印|编写|编制)了?[^，]{0,8}$"  # no partner issues it
_PROMISES: Final = ("承诺书", "倡议书", "保证书")


class Papers:
    """Adds signs and concerns, scene after scene."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.signed: list[tuple[Scene, list[Item]]] = []  # who signed something together
        self.ceremonies: dict[str, tuple[Scene, Act]] = {}

    def note(self, scene: Scene) -> None:
        """Remember the ceremonies of a scene at which something is signed."""
        for act in scene.frame.acts:
            if is_ceremony(act):
                self.ceremonies.setdefault(act.item.entity, (scene, act))

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for item in scene.frame.docs:
            if _is_signed(item):
                self._sign(scene, item)
                if self._meets(scene):
                    self._concern(scene, item)
            elif is_about(item) or (self._goes_on(scene) and not is_by_the_way(item)):
                self._concern(scene, item)
        for item in scene.frame.methods:
            if pattern(OBJECT_OF).search(item.lead):
                self._concern(scene, item)
        if scene.sentence.inner:
            for act in scene.frame.acts:
                self._inside(scene, act)

    def finish(self) -> set[str]:
        """Return the ceremonies that those held who signed (甲与乙签署《协议》，丙出席签约仪式)."""
        held: set[str] = set()
        for entity, (scene, act) in self.ceremonies.items():
            if self.statements.heads("organizes", entity):
                continue
            paragraph = scene.sentence.paragraph
            for told, parties in self.signed:
                if abs(told.sentence.paragraph - paragraph) <= 1:
                    held.add(entity)
                    for one in parties:
                        self.statements.add(scene, "organizes", one, act.item, "paper.ceremony")
        return held

    @staticmethod
    def _goes_on(scene: Scene) -> bool:
        """Return whether an act is told of here, or was in this paragraph or the one before."""
        return bool(scene.whole) or scene.near or scene.paragraphs <= 1

    @staticmethod
    def _meets(scene: Scene) -> bool:
        """Return whether a paper is signed at a meeting or ceremony."""
        act = scene.whole[0] if scene.whole else (scene.main if scene.near else None)
        return act is not None and bool(pattern(r"(?:会|会议|仪式)$").search(act.item.mention.text))

    def _sign(self, scene: Scene, item: Item) -> None:
        act = _act_of(scene, item) if scene.whole else scene.main
        settled = act is not None and pattern(_SETTLES).search(act.item.mention.text)
        if settled and pattern(_AT_ODDS).search(item.lead):
            # 双方签订《和解协议》: those at odds, not who brings them together
            self._concern(scene, item)
            return
        if pattern(_GUESTS).search(item.lead) or self._by_outsiders(scene, item):
            return
        if self._by_visitors(scene, item):
            return
        if any(group.end == item.mention.start - len(item.lead) for group in _people(scene)):
            return
        # 甲联合乙开展排查，并制定《方案》: 乙 was there for the act
        # 甲与乙、丙召开座谈会，并与丙签订《协议》: 乙 was there for the act too
        # nor do those sign who are met behind the paper: 甲发出《提示函》，并与乙座谈
        begin = scene.whole[0].item.mention.start if scene.whole else item.mention.start
        partners = [
            one
            for one in scene.frame.of(roles.PARTNER)
            if one.type in ACTORS and one.mention.start < item.mention.start
        ]
        if begin < item.mention.start:
            late = [one for one in partners if begin <= one.mention.start < item.mention.start]
            own = pattern(_OWN).search(item.lead)
            partners = late if late or own else partners
        issuers = self.statements.hosts(scene, item) or (*scene.subjects, *partners)
        for one in issuers:
            self.statements.add(scene, "signs", one, item, "paper.signed")
        if len(issuers) > 1 and is_agreed(item):
            self.signed.append((scene, list(issuers)))

    @staticmethod
    def _by_outsiders(scene: Scene, item: Item) -> bool:
        """Return whether those at odds sign, not who brings them together (孙某和李某签订)."""
        before = [one for one in scene.sentence.items if one.mention.end <= item.mention.start]
        last = before[-1] if before else None
        if last is None or last.type != "PER" or "某" not in last.mention.text:
            return False
        return last.trail == item.lead and not pattern(r"[与同让请为]$").search(last.lead)

    @staticmethod
    def _by_visitors(scene: Scene, item: Item) -> bool:
        """Return whether those sign who came (320名学生参观展板，签订《承诺书》)."""
        if not item.mention.text.rstrip("》").endswith(_PROMISES):
            return False
        came = [group.start for group in scene.frame.visitors if group.end <= item.mention.start]
        acted = [one.mention.start for one in scene.frame.of(roles.SUBJECT)]
        last = bool(came) and max(came) > max(acted, default=-1)
        return last and bool(
            pattern(r"^(?:现场|当场|纷纷|郑重|踊跃)*签[订署下]了?$").match(item.lead)
        )

    def _concern(self, scene: Scene, item: Item) -> None:
        act = _act_of(scene, item) if scene.whole else scene.main
        if act is not None:
            self.statements.add(scene, "concerns", act.item, item, "paper.about")

    def _inside(self, scene: Scene, act: Act) -> None:
        """Add the document that the name of an activity holds; at a signing, it is signed."""
        outer = act.item.mention
        for inner in scene.sentence.inner:
            if inner.type not in ("DOC", "METHOD") or not outer.start <= inner.start < outer.end:
                continue
            self.statements.add_mentions(scene, "concerns", outer, inner, "paper.inside")
            if pattern(r"(?:签约|签署|签订|签字|会签)").search(outer.text) and not scene.inherited:
                for one in (*scene.subjects, *scene.frame.of(roles.PARTNER)):
                    if one.type in ACTORS:
                        self.statements.add_mentions(
                            scene, "signs", one.mention, inner, "paper.ceremony"
                        )


def _people(scene: Scene) -> list[Group]:
    """Return the people of a sentence that act themselves, of their own will or not.

    驾驶员人人签下《承诺书》 · 督促从业人员签下《承诺书》
    """
    return [
        group
        for group in scene.sentence.groups
        if group.type == "GROUP" and pattern(_THEMSELVES).search(group.lead)
    ]


def _act_of(scene: Scene, item: Item) -> Act:
    """Return the activity of a frame that a paper goes with: the last that begins before it."""
    start = item.mention.start
    before = [a for a in scene.whole if not a.listed and a.item.mention.start < start]
    return before[-1] if before else scene.whole[0]


def _is_signed(item: Item) -> bool:
    """Return whether the words before a paper say that it is signed or issued here."""
    lead = item.lead
    if not pattern(_SIGNED).search(lead) or pattern(_NEW).search(lead):
        return False
    return not (item.trail and pattern(_BY_MEANS).search(lead))


def is_ceremony(act: Act) -> bool:
    """Return whether an act is one at which something is signed: 签约仪式."""
    return bool(pattern(_CEREMONY).search(act.item.mention.text))


def is_agreed(item: Item) -> bool:
    """Return whether the words before a paper say that partners sign it."""
    return bool(pattern(r"<sign>(?:了|好)?[^，]{0,8}$").search(item.lead))


def is_about(item: Item) -> bool:
    """Return whether the words before a paper say that an act is about it."""
    about = pattern(_ABOUT).search(item.lead) or pattern(r"^[还又并]?[把将]").match(item.lead)
    return bool(about) and not is_by_the_way(item)


def is_by_the_way(item: Item) -> bool:
    """Return whether a paper is only named in passing: a film shown, the law that was broken."""
    return any(
        pattern(before).search(item.lead) and pattern(behind).match(item.after)
        for before, behind in _BY_THE_WAY
    )
