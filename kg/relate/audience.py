"""For whom an activity was done."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.model import Mention
from kg.relate import roles
from kg.relate.act import FRAMEWORK, SETTING, Act, is_campaign, is_case, is_meeting, is_step
from kg.relate.reading import COUNT, Group, Item, Reading
from kg.relate.roles import HELPERS
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import last_part, pattern

# What looks after things and order, not after people.
_LOOKING: Final = r"<looking>”?$"
# Who goes on acting where no unit is named.
_OPENS: Final = rf"(?:^|[，。；\s])(?:[^，。；\s]{{0,4}}的)?(?:{COUNT}){{0,2}}$"
_FOR: Final = r"(?:(?:[为给]|针对|面向)(?!<hold>)[^，。；]*|[对向][^，。；]{0,6})$"  # 为12户护边员举行授牌仪式
_CARED: Final = (  # 慰问老党员, 走访慰问了3名老党员、2名困难党员
    rf"(?:慰问|走访|看望|探望|帮扶|资助|关爱)了?(?:{COUNT}?[^，。；、]{{1,6}}、){{0,3}}{COUNT}?$"
)
_HELPS: Final = r"(?:搜救|搜寻|救援|救助|营救|调解)”?$"
_NEED: Final = r"^[^，]{0,20}(?:失联|被困|围困|迷路|迷失|落水|走失|遇险|滞留|争执|争吵|纠纷|矛盾|红了[^，]{0,4}脸|闹|吵|翻脸|翻了脸|各执一词|互不相让|大打出手)"
_COUNTED: Final = r"[0-9一二三四五六七八九十百千余多几两][所家个处]$"
_FOR_WINDOW: Final = 24
_TALKS: Final = ("座谈会", "恳谈会", "夜谈会”", "夜谈会", "见面会", "座谈", "恳谈", "会议", "会")
_STOPS: Final = ("。", "！", "？", "”", "；", "…")
_INDENT: Final = 4
_APPEAL: Final = r"\s*[^，。；：]{0,12}?(?:警方|公安|民警|交警|公安机关|[局所队])(?:在此)?<adverb>?(?:提醒|提示|呼吁)"
_SPEAKS: Final = r"^[^，]{0,14}(?:发言|畅所欲言|各抒己见|建言|献策|讨论|提出)|^[^，]{2,12}畅所欲言"
_MORE: Final = r"^(?:<post_head>|负责人|代表|等)*<list>$"
_TAKES_PART: Final = r"^(?:全程|一同|共同|踊跃)?(?:参[加与训赛演]|出席)"
# 学生表演了快板, 少先队员把白花别在松枝上
_PERFORMS: Final = (
    r"^[^，看赏]{0,6}(?:表演|演唱|演绎|朗诵|合唱|敬献|献上|献花|宣誓|齐诵)|^把[^，]{1,12}[别系放]在"
)
_WITH: Final = rf"^(?:负责人|代表|民警|辅警|等)*[和与及]{COUNT}?$"
# 为群众挽回损失: what came of it
_GAIN: Final = r"^[^，]{0,2}(?:挽回|挽损|追回|追赃|找回|寻回|避免|减少)"
_RESCUING: Final = r"[救助搜寻]|服务"
_ADDRESSED: Final = r"(?<![为了])让$|(?:鼓励|欢迎|希望|呼吁)(?:广大)?$"  # 鼓励|群众举报
# 向学生|发放助学金，并慰问了…: a deed of its own is for them
_GIVEN: Final = (
    r"(?:发放|赠送|捐赠|颁发|送上|送去|讲解|普及|介绍|演示)[^，。；]{0,20}，(?:并|还|又|同时|随后)"
)
_CALLS_ON: Final = r"(?:慰问|看望|走访|检查)”?$"
_HELPING: Final = r"[护助救]|服务|返还"
_RESCUED: Final = r"(?:救助|救起|解救|营救|救出)[^，]{0,5}$"
_CALLED: Final = r"(?:聘请|聘为|聘任|受聘|邀请|特邀|[^邀约聘特盛诚敬申提恳]请|^请)[^，]{0,4}$"
_TOGETHER: Final = rf"(?:会同|联合|携手|偕同){COUNT}?(?:[^，；]{{1,8}}、){{0,3}}$"
_AS_HELP: Final = r"^[^，]{0,12}(?:担任|当义务|充当|当起|作为?(?:讲|评|见证))"
_REGION: Final = r"^(?:交界|毗邻|接壤|境内|全境|辖区|两地)"
_AMONG_THEM: Final = r"^(?!.*(?:转移|[救疏])).*(?:<looking>|<campaign>|走访|创建活动|<contest>)”?$"
_ATTENDS: Final = r"^[^，]{0,4}(?:参加|参与|到场|听讲|受教育)"
# 消防演练中，师生弯腰捂鼻，有序撤到操场
_DRILL: Final = r"(?:演练|演习)”?$"
_OF_THE_HOUSE: Final = r"(?:师生|学生|同学|新生|孩子|幼儿|教师|老师|职工|员工)们?$"
_FAR: Final = 24
_DRILLED: Final = r"^[^。]{0,16}?(?:撤[离到至出往]|疏散|避险|卧倒)"
_CROWD: Final = rf"(?:[看听逗乐引惹]得|[坐围站挤聚]满了?|围着|吸引了?|引来了?){COUNT}?$"
_LIST: Final = ("、", "和", "与", "及")
_EXERCISE: Final = r"(?:演练|演习|巡逻|巡查|巡防|巡护|值守|清淤|集训)(?:活动)?”?$"
_OFFICERS: Final = r"(?:民警|辅警|交警|特警|警官|队员|警方)"


class Audiences:
    """Adds targets, and people that take part, scene after scene."""

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.shown: tuple[Act, int] | None = None  # the last act for people, and its paragraph
        self.needy: list[Item] = []  # who is in need, or at odds, in this paragraph
        self.paragraph = -1

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        frame = scene.frame
        if scene.sentence.paragraph != self.paragraph:
            self.paragraph, self.needy = scene.sentence.paragraph, []
        if frame.visitors or frame.people or roles.PARTNER in frame.cast:
            self._in_need(scene)
        if frame.done:
            self._done(scene)
        people = self._people(scene) if frame.people or frame.cast else []
        steps = _of_steps(frame.done) if frame.done else []
        if not people and not steps and not frame.visitors:
            return
        if (people or steps) and self._is_appeal(scene):
            return
        people = [item for item in people if not pattern(_ADDRESSED).search(item.lead)]
        if people or steps or frame.visitors:
            act = self._around(scene) or scene.summed or self._talked_of(scene)
            if act is not None and act is scene.summed and is_meeting(act):
                return  # 据统计，该所共帮扶旅客89人次: not at the meeting told of
            if act is not None and self._is_told(scene):
                if steps and not self._is_anothers(scene, act):
                    people += [item for item in steps if item.type == "GROUP"]
                self._beside(scene, act, people)

    def _people(self, scene: Scene) -> list[Item]:
        """Return the people that a frame names beside its activities."""
        frame = scene.frame
        people = [*frame.people, *frame.of(roles.INVITED)]
        if not frame.done and roles.PARTNER in frame.cast:
            partners = [item for item in frame.of(roles.PARTNER) if item.type == "GROUP"]
            if partners and scene.main and scene.main.item.mention.text.endswith(_TALKS):
                self._join(scene, scene.main, partners)  # 同企业负责人围桌而坐
            with_them = [item for item in partners if pattern(_TOGETHER).search(item.lead)]
            if with_them and scene.main:
                self._join(scene, scene.main, with_them)  # 会同护河员、村组干部走一趟
            people += [item for item in partners if item not in with_them]
        return [item for item in people if item.type == "GROUP"] if people else []

    def _is_appeal(self, scene: Scene) -> bool:
        """Return whether a paragraph begins with what the police tell its readers (警方提醒…)."""
        start = scene.sentence.span.start
        told = pattern(_APPEAL).match(self.reading.text, start)
        before = self.reading.text[max(0, start - _INDENT) : start].rstrip(" \u3000")
        return bool(told) and not before.endswith(_STOPS)

    def _done(self, scene: Scene) -> None:
        """Add the people of the activities that a frame reports."""
        done = scene.frame.done
        for act in done:
            self._target(scene, act, act.people)
            if self.needy and pattern(_HELPS).search(act.item.mention.text):
                self._target(scene, act, self.needy)
                self.needy = []
            if scene.sentence.inner:
                self._nested(scene, act)
        for outer, act in pairwise(done):
            if (
                not act.listed
                and act.people
                and pattern(r"(?<![并还又])(?:组织|带领)").search(act.people[-1].lead)
            ):
                self._target(scene, outer, act.people)
        for act in scene.whole:
            if not pattern(_LOOKING).search(act.item.mention.text):
                self.shown = act, scene.sentence.paragraph

    def _in_need(self, scene: Scene) -> None:
        """Remember people that are in need or at odds: an answer to that is for them."""
        visitors = scene.frame.visitors
        groups = [item for group in visitors for item in group.items] if visitors else []
        for item in (*groups, *scene.frame.people, *scene.frame.of(roles.PARTNER)):
            if item.type != "GROUP":
                continue
            if pattern(_NEED).match(self.reading.tail(item.mention.end)):
                self.needy.append(item)

    def _is_told(self, scene: Scene) -> bool:
        """Return whether a frame still tells of the activity around it."""
        if scene.whole or scene.near:
            return True
        span = scene.sentence.span
        if scene.inherited and pattern(_OFFICERS).search(self.reading.text, span.start, span.end):
            return True
        if scene.paragraphs == 1 and not scene.times:
            return True
        return any(pattern(r"(?:累计|共)").search(group.before) for group in scene.sentence.groups)

    def _beside(self, scene: Scene, act: Act, people: Iterable[Item]) -> None:
        """Add the people that a frame names beside its activities, or without any."""
        if self._is_elsewhere(scene, act):
            return
        for group in scene.frame.visitors:
            if self.reading.statuses.at(scene.sentence.span, group.start) == "asserted":
                self._visitors(scene, act, group)
        statuses, span = self.reading.statuses, scene.sentence.span
        told = [i for i in people if statuses.at(span, i.mention.start) != "required"]
        self._target(scene, act, told)  # 要切实守护群众的安全: of no act told before

    def _is_anothers(self, scene: Scene, act: Act) -> bool:
        """Return whether somebody else carries out the activity told of before."""
        heads = self.statements.heads("organizes", act.item.entity)
        if not heads or scene.inherited:
            return False
        parents = self.reading.parents
        kin = {item.entity for item in scene.subjects}
        kin |= {parents.get(one, "") for one in kin}
        return not kin & heads

    def _is_elsewhere(self, scene: Scene, act: Act) -> bool:
        """Return whether others do something of their own (…；乙所在X镇设点，|接受群众咨询)."""
        if is_campaign(act) or not self._is_anothers(scene, act):
            return False
        frame, start = scene.frame, scene.sentence.span.start
        first = min((item.mention.start for item in frame.of(roles.SUBJECT)), default=start)
        parted = "；" in self.reading.text[act.item.mention.end : first]
        return parted or bool(frame.venues and not frame.visitors)

    @staticmethod
    def _around(scene: Scene) -> Act | None:
        """Return the activity in which a frame without one of its own plays (课上，…教孩子们)."""
        frame = scene.frame
        if frame.done:
            return None
        people = [item.mention.start for item in frame.people]
        people += [group.start for group in frame.visitors]
        if not people:
            return None
        told = [act.item.mention.start for act in scene.told]
        before = [act for act in frame.around if act.item.mention.start < people[0]]
        last = before[-1] if before and before[-1].usage in (SETTING, FRAMEWORK) else None
        return last if last and max(told, default=0) < last.item.mention.start else None

    def _talked_of(self, scene: Scene) -> Act | None:
        """Return the activity that people in the frame are told of with."""
        told = [act for act in scene.told if not is_step(act)]
        return told[-1] if told else scene.main

    def _for_people(self, scene: Scene, act: Act) -> Act:
        """Return the activity that people are the audience of, if ``act`` only looks after things."""
        if self.shown is None or not pattern(_LOOKING).search(act.item.mention.text):
            return act
        return self.shown[0] if self.shown[1] == scene.sentence.paragraph else act

    def _visitors(self, scene: Scene, act: Act, group: Group) -> None:
        """Read people that are the subject: helpers join in, others are shown round."""
        items, trail = group.items, self.reading.tail(_list_end(scene, group))
        opens = pattern(_OPENS).search(group.before)
        counted = opens and pattern(r"[名位户个]$").search(group.before)
        together = not counted and pattern(
            r"^(?:代表|等|[^，]{0,8}?)(?:也|都|均)?(?:一同|一起|共同|一道|参[加与训赛演]|出席|应邀)"
        ).match(trail)
        together = together or pattern(r"^[^，]{0,6}观礼|^到场见证").match(trail)
        drill = pattern(_DRILL).search(act.item.mention.text)
        drill = drill and pattern(_OF_THE_HOUSE).search(items[0].mention.text)
        drilled = drill and pattern(_DRILLED).match(self.reading.text[group.end : group.end + _FAR])
        if drilled or (counted and scene.told and pattern(_TAKES_PART).match(trail)):
            self._join(scene, act, items)
            self._target(scene, act, items)
        elif (
            together
            or self._stands_with(scene, group)
            or (act.item.mention.text.endswith(_TALKS) and pattern(_SPEAKS).match(trail))
            or pattern(_PERFORMS).match(trail)
            or pattern(HELPERS).search(items[-1].mention.text)
        ):
            self._join(scene, act, items)
        elif pattern(r"^[^，]{0,6}<visit>").match(trail):
            event = scene.visited(act)
            self._join(scene, event or act, items)
            for one in filter(None, (event, act)):
                self._target(scene, one, items)
        elif trail.startswith("围坐") and act.item.mention.text.endswith(_TALKS):
            self._join(scene, act, items)
            self._target(scene, act, items)
        elif (
            pattern(r"^[^，]{0,6}<see>").match(trail)
            or self._is_crowd(group)
            or (opens and scene.near and not scene.whole and self._comes(act, group))
        ):
            self._target(scene, act, items)

    @staticmethod
    def _is_crowd(group: Group) -> bool:
        """Return whether people are said to be there, or how they take it (看得村民直咂舌)."""
        if pattern(r"涉及$").search(group.lead):
            return bool(pattern(r"^[0-9]").match(group.trail))
        return bool(pattern(_CROWD).search(group.lead))

    @staticmethod
    def _comes(act: Act, group: Group) -> bool:
        """Return whether people that something is told of are those an act is for.

        Not who lives where officers look after things (开展巡逻。村民乙说).
        """
        if pattern(_ATTENDS).match(group.trail):  # 1100余名师生参加
            return True
        return not pattern(_AMONG_THEM).search(act.item.mention.text)

    @staticmethod
    def _stands_with(scene: Scene, group: Group) -> bool:
        """Return whether people are subjects together with officers (所长X和村民合力…)."""
        if not scene.frame.of(roles.SUBJECT) or not pattern(_WITH).match(group.before):
            return False
        last = [item for item in scene.sentence.items if item.mention.end <= group.start][-1:]
        return bool(last) and last[0] in scene.frame.of(roles.SUBJECT)

    def _nested(self, scene: Scene, act: Act) -> None:
        """Add the people named inside the name of an activity (救助被困群众)."""
        outer = act.item.mention
        for inner in scene.sentence.inner:
            if inner.type == "GROUP" and outer.start <= inner.start < outer.end:
                for one in filter(None, (act, self._talked_of(scene))):
                    self._nested_target(scene, one, inner)

    def _nested_target(self, scene: Scene, act: Act, inner: Mention) -> None:
        self.statements.add_mentions(scene, "targets", act.item.mention, inner, "audience.inside")

    def _target(self, scene: Scene, act: Act, items: Iterable[Item]) -> None:
        mustered = False
        for item in self._meant(act, list(items)):
            if item.type == "UNIT":
                self._join(scene, act, [item])
                continue
            if pattern(HELPERS).search(item.mention.text) and not self._is_for(item):
                self._join(scene, act, [item])
                continue
            mustered = self._is_mustered(act, item) or (mustered and item.before in _LIST)
            if mustered:  # the drill is for them as well
                self._join(scene, act, [item])
            if item.mention.nominal and pattern(_COUNTED).search(item.lead):
                continue  # 全市41所学校: not the school told of
            told = self._for_people(scene, act) if act is scene.main else act
            kind = self.reading.entities[told.item.entity].attributes.get("kind")
            if is_case(told) and kind == "investigation":
                continue  # 破获一起盗窃案: for nobody
            self.statements.add(scene, "targets", told.item, item, "audience.people")

    def _meant(self, act: Act, items: Sequence[Item]) -> Iterator[Item]:
        """Yield the people that an act is for, not those that are only named beside it."""
        left = False
        for item in items:
            left = (left and item.before in _LIST) or self._is_beside(act, item)
            if not left:
                yield item

    def _is_beside(self, act: Act, item: Item) -> bool:
        """Return whether people have another part in what is told than that it is for them."""
        if item.type == "UNIT":
            return False
        text, lead = act.item.mention.text, item.lead
        gained = pattern(_GAIN).match(item.trail) and pattern(r"[为帮替给助]$").search(lead)
        if gained or pattern(_RESCUED).search(lead):  # 开展巡逻，先后救助|群众5人
            return not pattern(_HELPING if gained else _RESCUING).search(text)
        if item.after.startswith("：") and pattern(r"(?:提醒|提示|呼吁)[^，]{0,6}$").search(lead):
            return True
        if pattern(_CALLED).search(lead):
            tail = self.reading.tail(item.mention.end)
            return "聘" in lead or bool(
                pattern(_AS_HELP).search(tail) or pattern(r"(?:调解|化解)").search(text)
            )
        if item.type == "LOC" and pattern(_REGION).match(item.trail):
            return True
        return item.mention.end < act.item.mention.start and self._is_passed(act, item)

    def _is_passed(self, act: Act, item: Item) -> bool:
        """Return whether an act behind people is not for them.

        向学生发放助学金，并慰问教师 · 为提高群众意识，开展隐患排查: what is looked after is not the people
        """
        text, start = act.item.mention.text, act.item.mention.start
        if pattern(_GIVEN).match(self.reading.text, item.mention.end, start):
            return bool(pattern(_CALLS_ON).search(text))
        raised = pattern(r"(?:提高|提升|增强|让)[^，]{0,4}$").search(item.lead)
        return bool(raised and pattern(_LOOKING).search(text))

    @staticmethod
    def _is_mustered(act: Act, item: Item) -> bool:
        """Return whether people are brought together for what they do themselves (组织保安员演练)."""
        if item not in act.people or not pattern(r"<mustered>$").search(item.mention.text):
            return False
        if not pattern(_EXERCISE).search(act.item.mention.text):
            return False
        return bool(pattern(rf"<send>(?:全[一-鿿]|辖区|当地)?{COUNT}?$").search(item.lead))

    def _is_for(self, item: Item) -> bool:
        """Return whether an act is said to be for people that at other times help."""
        start = item.mention.start
        near = max(0, start - _FOR_WINDOW)
        if pattern(rf"{_FOR}|{_CARED}").search(self.reading.text, near, start):
            return True
        # 邀请网格员走进办案区
        shown = pattern(r"^[^，]{0,4}<visit>").match(self.reading.tail(item.mention.end))
        return bool(shown and pattern(r"<invite>[^，；]*$").search(_clause(self.reading, start)))

    def _join(self, scene: Scene, act: Act, items: Iterable[Item]) -> None:
        for item in items:
            self.statements.add(scene, "takes_part", item, act.item, "audience.people")


def _of_steps(done: Iterable[Act]) -> list[Item]:
    """Return the people of the acts that are only steps."""
    return [item for act in done if act.people and is_step(act) for item in act.people]


def _clause(reading: Reading, start: int) -> str:
    """Return the words of a clause before a place in it."""
    return last_part(reading.text, max(0, start - _FOR_WINDOW), start, "[，。；：\n]")


def _list_end(scene: Scene, group: Group) -> int:
    """Return where the list ends that people stand in (企业代表、经侦大队负责人参加)."""
    end = group.end
    if not group.trail:
        return end
    for one in scene.sentence.groups:
        if one.start > end:
            if not pattern(_MORE).match(one.before):
                break
            end = one.end
    return end
