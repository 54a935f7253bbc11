"""Who joins in an activity that was named before: what later clauses say of it."""

from typing import Final

from kg.relate import roles
from kg.relate.act import OFFERED, Act, is_campaign, is_match, is_meeting
from kg.relate.cast import Casting
from kg.relate.paper import is_ceremony
from kg.relate.reading import Item, bodies
from kg.relate.scene import Scene
from kg.relate.speech import only_says, says, speaks_after
from kg.relate.thread import AFTER
from kg.relate.words import pattern

_LEADS: Final = r"^[^，]{0,4}<lead>(?!人)"
_CHEERS: Final = r"^[^，]{0,6}(?:勉励|嘱咐|寄语)"  # 局长X勉励孩子们
_COMES: Final = r"^(?:、[^，、。；]{2,8}){0,4}?[^，]{0,14}(?:<support>|<come>)"
_SINCE: Final = ("以来", "至今")
_LENDS: Final = r"^[^，]{0,14}(?:增援|支援)"
_DELEGATES: Final = r"^等?[^，]{0,8}代表(?!队)"  # 甲公司、乙公司等17家企业的代表边听边提意见
_ASKED: Final = r"记者|提问"  # of meetings only
_SPEECHES: Final = 4  # sentences behind the name of a meeting in which people speak there
_OFFICE: Final = r"^副?[省市县区旗州盟乡镇]长、"  # 县政府副县长、公安局局长X: another post of X
_WINS: Final = r"^[^，]{0,6}<award>"
_HONOURED: Final = r"^(?:[先也还曾又更]|先后|连续[^，]{0,4})*(?:被(?:[^，]{0,8})?(?:命名|评|授予|确定|列|表彰)|荣[获立膺]|获评|获得|入选|跻身)"
_AGREES: Final = r"^[^，]{0,6}<agree>"
# 与甲银行、12家乙网点建立联动机制
_TIED: Final = r"^[^，]{0,14}<agree>"
_GIVEN_BY: Final = r"(?:主讲|授课|讲课|宣讲)(?:人|老师|嘉宾|者)?(?:的)?(?:正|就)?是[^，。]{0,20}$"
# 副总队长甲、副检察长乙，以及学生代表1200余人参加
_WITH_OTHERS: Final = r"，?(?:以及|及)[^。；]{2,40}?(?:参加|出席|参与|到场|观摩)"
_HOSTS: Final = r"^(?:等[^，]{0,6})?(?:共同|联合)?(?:主办|承办|举办)"
# 召开推进会，局长甲与乙、丙派出所|负责人签订责任书
_SIGN_DUTIES: Final = r"^[^，。；]{0,12}签[订署了][^，。；]{0,12}(?:责任|承诺)[书状]"
# 签约仪式在甲地举行，乙局、丙局共同在协议上签字
_SIGNS_IT: Final = r"^(?:共同|分别|现场|代表[双各两三]方|代表[^，]{1,6}方)*(?:在[^，]{1,6}上)?(?:签字|签约|签署|签订)"
# 甲局副局长X、乙公司经理Y|代表双方签约
_SIGN_IT: Final = rf"^(?:[、和与][^，。；]{{2,28}}){{0,3}}?{_SIGNS_IT[1:]}"
OPENING: Final = r"(?:开幕式|闭幕式|(?:开班|启动|结业)仪式)”?$"


class Followers:
    """Adds organizes and takes_part for the activity named before a frame, scene after scene."""

    def __init__(self, casting: Casting) -> None:
        self.casting = casting
        self.reading = casting.reading
        self.statements = casting.statements

    def relate(self, scene: Scene, act: Act) -> None:
        """Add what a frame says of the activity named before it."""
        officers = scene.officers
        over = scene.distance == 0 and pattern(AFTER).match(act.item.trail)
        if over and act in scene.frame.around and not act.item.mention.nominal:
            return  # 升旗仪式后，政委甲宣读命令
        if officers and scene.distance <= _SPEECHES and speaks_after(officers, act, self.reading):
            self.casting.each("takes_part", officers, act, scene, "speaker")
        if scene.near:
            self._near(scene, act)

    def _near(self, scene: Scene, act: Act) -> None:
        """Add what a frame says of the activity named just before it."""
        own = [one for one in scene.whole if one.item.mention.rule != OFFERED]
        if own and not act.item.mention.nominal:
            self._under(scene, act)
            return
        cast = scene.frame.of(roles.SUBJECT)
        acting = [item for item in scene.subjects if item in cast] if cast else []
        if acting and not self.statements.is_fact(scene, acting[0]):
            return
        if not scene.inherited:
            for item in acting:
                sends = self._only_sends_officer(scene, item, act)
                if not sends and not self._is_beside(scene, item, act):
                    self._follower(scene, item, act)
            if acting and pattern(_COMES).match(self.reading.tail(cast[-1].mention.end)):
                houses = [item for item in cast if item.type == "LOC"]  # 以及某医院共60人参加
                self.casting.each("takes_part", houses, act, scene, "follower")
        if scene.officers:
            self._officers(scene, act)
        if scene.frame.cast:
            self._others(scene, act)

    def _others(self, scene: Scene, act: Act) -> None:
        """Add those whom a frame names beside its subject: partners, guests, those sent."""
        partners = bodies(scene.frame.of(roles.PARTNER))
        tied = partners and pattern(_TIED).match(self.reading.tail(partners[-1].mention.end))
        if partners and act is self.casting.vague:
            joined = [] if tied else partners
            self.casting.name("organizes", [*scene.subjects, *joined], act, scene, "joint")
        if partners and is_meeting(act) and not scene.frame.done:
            tail = self.reading.tail(partners[-1].mention.end)
            signs = pattern(_SIGN_DUTIES).match(tail)
            own = [item for item in partners if signs and self.casting.is_part(item, act)]
            self.casting.each("takes_part", own, act, scene, "signer")
        joining = scene.frame.among(roles.HELPER, roles.INVITED, roles.ATTENDING)
        joining = [] if scene.frame.done else joining  # 培训中，邀请甲的骨干开展授课
        if not (scene.frame.times and scene.distance and scene.frame.times != act.times):
            # 次日 it is something else
            self.casting.each("takes_part", joining, act, scene, "joining")
        sent = scene.frame.of(roles.DIRECTED)
        if sent and not scene.frame.acts and not scene.inherited:
            sent = [item for item in sent if self.casting.is_part(item, act)]
            self.casting.each("takes_part", sent, act, scene, "sent")

    def _under(self, scene: Scene, act: Act) -> None:
        """Add the divisions that act at once in what their bureau starts (启动甲行动，乙所开展丙)."""
        event = is_campaign(act) or act.item.mention.text.endswith("活动")
        if scene.distance or scene.inherited or not event:
            return
        if roles.PARTNER in scene.frame.cast:
            return  # with others they do something of their own
        own = [item for item in scene.subjects if self.casting.is_part(item, act)]
        led = [item for item in own if item.lead == "由" and pattern(_LEADS).match(item.trail)]
        if led:  # 启动甲行动，由乙大队牵头，丙、丁派出所开展…
            self.casting.name("organizes", led, act, scene, "leader")
            return
        between = self.reading.text[act.item.mention.end : own[0].mention.start] if own else "；"
        if between == "，":
            self.casting.each("takes_part", own, act, scene, "under")

    def _only_sends_officer(self, scene: Scene, item: Item, act: Act) -> bool:
        """Return whether a body only says whose officer is there (县政府副县长、公安局局长X).

        At a meeting or ceremony that holds of a unit too (市局政治部主任X宣读命令).
        """
        if pattern(_OFFICE).match(self.reading.tail(item.mention.end)):
            return True
        return is_meeting(act) and any(
            item.trail == one.before and item.mention.end < one.mention.start
            for one in scene.officers
        )

    def _follower(self, scene: Scene, item: Item, act: Act) -> None:
        """Add what a subject does in the activity named before it."""
        trail = self.reading.tail(scene.subjects[-1].mention.end)
        if any(
            item in group.items and group.lead == "由" and pattern(_HOSTS).match(group.trail)
            for group in scene.sentence.groups
        ):
            self.casting.name("organizes", [item], act, scene, "by")  # 培训由甲、乙承办，丙参加
            return
        between = self.reading.text[act.item.mention.end : item.mention.start]
        close = not scene.distance and "；" not in between
        if close and _holds(scene, act, trail):
            self.casting.name("organizes", [item], act, scene, "leader")
        elif close and is_meeting(act) and pattern(_DELEGATES).match(trail):
            self.casting.each("takes_part", [item], act, scene, "follower")
        elif trail.startswith(("同步", "同时")) and item.type == "ORG":
            self.casting.each("takes_part", [] if scene.whole else [item], act, scene, "follower")
        elif "则" in trail[:5] and not act.item.mention.nominal:
            return  # 交警大队则…: something else
        elif pattern(_COMES).match(trail) or (
            (close or is_match(act)) and pattern(_WINS).match(trail)
        ):
            self.casting.each("takes_part", [item], act, scene, "follower")
        elif act.item.mention.nominal or self.casting.is_part(item, act):
            how = self._goes_on(scene, act, close)
            if how == "next" and scene.whole and not self.casting.is_part(item, act):
                return  # it does something else
            teller = scene.officers[-1] if scene.officers else item
            if how != "inside" and only_says(teller, self.reading):
                return  # 某局副局长X表示: he tells of it
            self.casting.each("takes_part", [item] if how else [], act, scene, how)

    def _is_beside(self, scene: Scene, item: Item, act: Act) -> bool:
        """Return whether a subject is told of beside what goes on: it is honoured, or agrees with others.

        甲所被评为优秀派出所 · 甲所与乙站建立了联动机制 · 今年以来，该局…: all that it has done ·
        召开部署会，某支队抽调120名警力增援: not at the meeting
        """
        if is_meeting(act) and pattern(_LENDS).match(item.trail):
            return True
        between = self.reading.text[act.item.mention.end : item.mention.start]
        if is_match(act) or (not scene.distance and "；" not in between):
            return False
        partners = scene.frame.of(roles.PARTNER)
        if partners and pattern(_AGREES).match(self.reading.tail(partners[-1].mention.end)):
            return True
        times = [] if act.times else scene.frame.times
        if times and times[0].mention.text.endswith(_SINCE):
            return True
        tail = self.reading.tail(scene.subjects[-1].mention.end)
        return bool(pattern(_HONOURED).match(tail))

    def _officers(self, scene: Scene, act: Act) -> None:
        """Add persons that speak, sign or win something in the activity named before them."""
        opened = [one for one in scene.told if pattern(OPENING).search(one.item.mention.text)]
        act = opened[-1] if opened and not scene.whole else act
        for item in scene.officers[-1:]:
            trail = self.reading.tail(item.mention.end)
            if not trail and not scene.distance:
                between = self.reading.text[act.item.mention.end : item.mention.start]
                if pattern(_GIVEN_BY).search(between):
                    self.casting.each("takes_part", scene.officers, act, scene, "giver")
            alone = scene.inherited and scene.distance <= 1
            guest = alone and acts_himself(item) and not says(trail)
            guest = guest or bool(pattern(_WITH_OTHERS).match(self.reading.text, item.mention.end))
            if pattern(_ASKED).search(trail) and not is_meeting(act):
                return
            cheers = scene.distance <= 1 and pattern(_CHEERS).match(trail)
            signs = is_ceremony(act) and pattern(_SIGN_IT).match(trail)
            if signs:
                end = item.mention.end + signs.end()
                with_them = [i for i in scene.sentence.items if i.type == "PER"]
                with_them = [i for i in with_them if item.mention.end < i.mention.start < end]
                self.casting.each("takes_part", with_them, act, scene, "officer")
            cheers = cheers or signs
            if guest or cheers or pattern(_COMES).match(trail) or pattern(_WINS).match(trail):
                self.casting.each("takes_part", scene.officers, act, scene, "officer")

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


def _holds(scene: Scene, act: Act, trail: str) -> bool:
    """Return whether the words behind a body say that it leads, or signs at a ceremony for that."""
    leads = not scene.whole and pattern(_LEADS).match(trail)
    return bool(leads or (is_ceremony(act) and pattern(_SIGNS_IT).match(trail)))


def acts_himself(item: Item) -> bool:
    """Return whether a person is a subject and neither an object nor a byline."""
    credit = pattern(r"(?:记者|通讯员|摄影|撰文)[：\s]*$").search(item.before)
    return not credit and not pattern(r"(?:[把将到给向被从对]|.{7,})").search(item.lead)
