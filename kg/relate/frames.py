"""Who acts in each part of a sentence: a frame is a subject with all that is said of it."""

from typing import Final

from kg.relate import roles
from kg.relate.act import (
    DONE,
    FRAMEWORK,
    JOINED,
    POSTED,
    Act,
    is_campaign,
    is_means,
    is_meeting,
    is_owner,
    is_referred_to,
    is_stage,
    usage_of,
)
from kg.relate.clause import (
    act_follows,
    comes_for,
    is_byline,
    is_cut,
    is_last_act,
    is_next_actor,
    is_only_told,
    meets_later,
)
from kg.relate.clock import is_of_case
from kg.relate.frame import Frame
from kg.relate.party import Parties
from kg.relate.reading import ACTORS, Group, Item, Sentence
from kg.relate.words import pattern


def frames(sentence: Sentence) -> list[Frame]:
    """Return the frames of a sentence in order; there is at least one."""
    return _Framer(sentence).frames()


_HELPERS: Final = frozenset((roles.HELPER,))
_TAKES_PLACE: Final = (
    r"^(?:隆重|正式|如期)?(?:举行|举办|召开|开幕|启幕)"  # 梨花节将于4月在甲地|举行
)
_HEADS: Final = r"[^，。；：\s]{0,4}?<post>(?:、[^，。；：\s]{0,4}?<post>)*"
_POSTS: Final = r"^，(?:[^，。；：\s]{0,14}?<post>、)+$"
_PICTURE: Final = r"^的[^，]{0,6}(?:镜头|缩影|片段|剪影|一角|一幕)"
_ATTENDS: Final = r"^[^，]{0,14}(?:参加|出席|列席|参会|与会|参训|观摩)$"
_ANEW: Final = r"[，；](?:并|又|还|再)(?:[会联携偕]同|联合|携手)$"
_GOES_ON: Final = r"[，；][^，]{0,4}(?:后|随后|还|又|并|再)[^，]*$"
_JOINS: Final = r"(?:出席|参加|参与)了?$"
_BRINGS: Final = r"(?:带[着上领]?|率领?|领着)[^，]{0,4}<post>$"  # 所长甲带着辅警乙
_TRIED: Final = r"^(?:等[^，]{0,10})?(?:先行)?(?:推行|推广|试点|试行|实行)"


class _Framer(Parties):
    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.found = [self.frame]
        self.fresh_venues = False
        self.fresh_times = False
        self.attending = False  # whether the subject only takes part in an act told of before
        self.teams: list[Item] = []  # set up in this frame
        self.person: Group | None = None  # named last, and the bodies since
        self.since_person = ""

    def frames(self) -> list[Frame]:
        for group in self.sentence.groups:
            if group.type == "ACT":
                means = is_means(group)
                for item in group.items:
                    self._act(item, group, means)
            elif group.type == "TIME":
                self._time(group)
            elif group.type == "DOC":
                self.frame.docs += group.items
            elif group.type == "METHOD":
                self.frame.methods += group.items
            elif not is_byline(group):
                self._party(group)
            self.last = group
            if group.type == "PER":
                self.person, self.since_person = group, ""
            elif self.person is not None and group.type in ACTORS:
                self.since_person += group.before + group.items[-1].mention.text
        return self.found

    def _party(self, group: Group) -> None:
        """Take a body, a place or people."""
        if not group.lead and group.type in ("LOC", "GROUP") and self.acts_instead(group):
            self.frame.cast.setdefault(roles.OTHER, []).extend(group.items)
            self.role = roles.OTHER
            return
        role = self.part(group)
        if role == roles.PARTNER and self._joins_anew(group):
            cast = self.frame.cast[roles.SUBJECT]
            self._open_frame()
            self.frame.cast[roles.SUBJECT] = cast
        self.role = role
        if role == roles.NONE and group.type == "UNIT":
            self.teams += filter(roles.is_team, group.items)
        self._actor(group, role)

    def _joins_anew(self, group: Group) -> bool:
        """Return whether a subject does something else with another partner (…，并会同乙…)."""
        frame = self.frame
        if frame.done or roles.PARTNER not in frame.cast or roles.SUBJECT not in frame.cast:
            return False
        return bool(pattern(_ANEW).search(group.before))

    def _time(self, group: Group) -> None:
        """Take a time; two before one act both hold (近日，在元旦来临之际)."""
        if is_only_told(group, self.sentence) or is_of_case(group.items[-1]):
            return
        if "；" in group.before:  # what follows has a time, and may have a place, of its own
            self.fresh_venues = False
        keeps = self.fresh_times or pattern(r"^”?<occasion_near>").match(group.trail)
        self.frame.times = (self.frame.times if keeps else []) + list(group.items)
        self.fresh_times = True

    def _act(self, item: Item, group: Group, means: bool) -> None:
        if self.attending and pattern(_GOES_ON).search(group.before):
            self._open_frame()  # 甲局召开协调会，乙局参加，会后又组织了演练: 甲 again
        near = item.trail and pattern(r"^”?<occasion_near>").match(item.trail)
        if near or is_referred_to(group):
            return
        usage = usage_of(item, group, acted=bool(self.frame.of(roles.SUBJECT)))
        if self.last is not None and is_owner(self.last, item):
            usage = self._usage_of_owned(self.last, group, usage)
        listed, times = item is not group.items[0], list(self.frame.times)
        act = Act(item, usage, listed=listed, means=means, times=times)
        if usage in (DONE, JOINED) and not means:
            self.fresh_times = False
            if self.teams and not is_meeting(act) and roles.SUBJECT in self.frame.cast:
                self.frame.cast[roles.SUBJECT] += self.teams
                self.teams = []
            # 执勤实现全覆盖: an act that opens a clause takes no place from the clause before
            opens = not group.lead and bool(pattern(r"[，；]").search(group.before))
            opens = opens and not (self.role == roles.VENUE and comes_for(self.last, group))
            opens = opens or (len(self.frame.venues) > 1 and meets_later(act, group))
            act.venues = [] if opens else list(self.frame.venues)
            self.fresh_venues = False
            act.people = list(self.frame.people)
            if item is group.items[-1]:
                self.frame.people = []
        (self.frame.done if usage in (DONE, JOINED) else self.frame.around).append(act)

    @staticmethod
    def _usage_of_owned(owner: Group, group: Group, usage: str) -> str:
        """Return how an act stands that is somebody else's (按照某局甲行动, 参加某校部署的乙活动)."""
        if pattern(r"(?:作为|结合|依托|根据|按照|落实|响应|贯彻)$").search(owner.lead):
            return FRAMEWORK
        # 这是某局甲活动的第一站: that gives a name to what was told.
        named = owner.lead == "这是" and not pattern(_PICTURE).match(group.trail)
        if owner.lead.endswith("是") and not named and is_stage(group.trail):
            return FRAMEWORK
        return JOINED if usage == DONE and pattern(_JOINS).search(owner.lead) else usage

    def _actor(self, group: Group, role: str) -> None:
        if role == roles.SUBJECT:
            if group.type == "GROUP":
                self._visitors(group)
            else:
                self._subject(group)
        elif role == roles.VENUE:
            self._venue(group)
        elif role == roles.NONE:
            self.frame.places += [item for item in group.items if item.type == "LOC"]
        elif role == roles.RECIPIENT or (role == roles.DIRECTED and group.type == "GROUP"):
            self._people(group)
        else:
            self.frame.cast.setdefault(role, []).extend(group.items)

    def _visitors(self, group: Group) -> None:
        if self.frame.of(roles.SUBJECT) and pattern(r"[，；\s]").search(group.before):
            self._open_frame()
        self.frame.visitors.append(group)

    def _subject(self, group: Group) -> None:
        frame = self.frame
        acted = frame.done or not frame.cast.keys() <= _HELPERS
        owned = group.before == "的"  # 正在开展“净网”行动的|甲派出所民警: the act before is theirs
        if acted and not owned and not self._continues(group):
            self._open_frame()
        if acting := roles.acting(group):
            self.frame.cast.setdefault(roles.SUBJECT, []).extend(acting)
        told = len(self.found) > 1 and not self.frame.done
        self.attending = told and bool(pattern(_ATTENDS).match(group.trail))

    def _open_frame(self) -> None:
        frame = self.frame
        self.frame = Frame(self.sentence, list(frame.times), list(frame.around))
        self.attending = False
        self.teams = []
        self.found.append(self.frame)

    def _continues(self, group: Group) -> bool:
        """Return whether a subject follows another at once (甲局负责人，乙厂代表 · 民警丙)."""
        if self.last is None or not self.frame.of(roles.SUBJECT):
            return False
        if group.type == "PER" and not self.frame.done and pattern(_BRINGS).search(group.lead):
            return True
        if self.last.type == "LOC" and is_next_actor(self.sentence, group):
            return True
        if self.last.type == group.type == "PER" and not self.last.trail:
            gap = rf"^(?:[^，。；：\s]{{0,12}}|，{_HEADS})$"  # 副局长甲、乙，党委委员丙参加
        elif group.type == "PER":
            gap = r"^[^，。；：\s]{0,12}$"
        elif not self.frame.done and self.person is not None and self._is_post_of_next(group):
            return True
        else:
            gap = r"^(?:(?:<people>|等|<lead>)*(?:[，、]|<list>)?|的?牵头(?:组织)?下，)$"
        return self.last.type in (*ACTORS, "PER") and bool(pattern(gap).match(group.before))

    def _is_post_of_next(self, group: Group) -> bool:
        """Return whether a body belongs to the posts of the next officer (书记甲，副市长、|乙局|局长丙)."""
        return group.before.endswith("、") and bool(
            pattern(_POSTS).match(self.since_person + group.before)
        )

    def _venue(self, group: Group) -> None:
        # 走进甲镇，在乙校门口开展: the second place says it better
        if not self.fresh_venues or pattern(r"[，；].*在$").search(group.before):
            self.frame.venues = []
        self.fresh_venues = True
        self.frame.venues += group.items
        done = self.frame.done
        open_act = done and (done[-1].open or not done[-1].venues) and not done[-1].means
        if not open_act or is_cut(self.sentence, done[-1], group):
            return
        behind = not pattern(r"[，。；\s]").search(group.before)
        named = behind and done[-1].item.lead[-1:] in ("", "的")  # 一年一度的|荔枝节
        passive = named and pattern(_TAKES_PLACE).match(group.trail)
        there = behind or (group.type != "UNIT" and pattern(_AT).search(group.lead))
        there = there and not pattern(_TRIED).match(group.trail)  # 在甲、乙推行“丙”机制
        posts = is_campaign(done[-1]) and pattern(POSTED).match(group.trail)  # 在甲、乙设置3处岗亭
        if there and (posts or passive or is_last_act(self.sentence, group)):
            done[-1].venues += group.items
            done[-1].open = True
            self.frame.venues = [] if passive else self.frame.venues  # 在甲开幕，届时将管制

    def _people(self, group: Group) -> None:
        done = [act for act in self.frame.done if not act.means]
        if not (
            done and done[-1].item.mention.end == group.start
        ):  # 走访慰问|老党员，并开展法律咨询: not for them
            self.frame.people += group.items
        if done and not act_follows(self.sentence, group):
            done[-1].people += group.items
            for act, after in zip(done[-2::-1], done[::-1], strict=False):
                if not after.listed:
                    break
                act.people += group.items


_AT: Final = (
    r"(?:[为给对向]|^走|^沿着?|^途经|^(?:<officer>[^，]{0,3})?(?:随后|随即|又|并|还|再|先后)*在"
    r"|^[^，]{0,4}<officer>[^，]{0,3}<enter>|<inspect>了?)$"
)
