"""What carries over from sentence to sentence: who acts, what goes on, when and where."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.relate import roles
from kg.relate.act import SETTING, Act, is_find, is_stage, is_step
from kg.relate.clock import Clock
from kg.relate.company import of_class
from kg.relate.course import LONG_AGO, Course
from kg.relate.frame import Frame
from kg.relate.frames import frames
from kg.relate.points import Held, Points
from kg.relate.reading import FULL, ITEM, Item, Reading, Sentence, bodies
from kg.relate.scene import Scene
from kg.relate.spots import Spots
from kg.relate.words import pattern

_NEAR: Final = 2  # sentences
# The next point of a list has places of its own: 二是查寄递。…在甲网点…三是查枪支。
_THEY: Final = r"他们|她们|^，?(?:又|还|也|并)"
_GOES_ON: Final = r"(?:他们|她们|(?:^|，)(?:又|还|也|并))"
_WE: Final = r"(?:^|[，。“；])(?:我们|我和|我)"
_HE: Final = r"(?:^|，)[他她](?!们)"
_ALL: Final = r"(?:^|[，；。）\s])<all>"
_SIDES: Final = r"(?:^|[，；。）\s])[双两三四](?:方|地|家单位)"
_FORCES: Final = r"(?:^|[，；。）\s])[双两三四五六](?:地|省|县|市)(?:警方|公安(?:机关)?)"
_PARTIES: Final = (
    r"<all>",
    r"[双两三四五六](?:方|地|省|家单位|[县市](?:警方|公安))",
)  # an article without them says neither
_ONE: Final = ("", "一场", "一次")
_STARTS: Final = r"^[^，]{0,8}<starts>"
AFTER: Final = r"^(?:一?结束|后|之后|举行后|讲完)"


def _opening(sentence: Sentence) -> str:
    """Return the words before the first mentions of a sentence, times left out."""
    for group in sentence.groups:
        if group.type != "TIME":
            return group.before
    return ""


def scenes(reading: Reading, posts: Mapping[str, str]) -> list[Scene]:
    """Return the frames of an article in order; ``posts`` says which unit a person belongs to."""
    return list(_Thread(reading, posts).scenes())


class _Thread(Course):
    def __init__(self, reading: Reading, posts: Mapping[str, str]) -> None:
        super().__init__(reading)
        self.posts = posts
        self.collective = any(pattern(words).search(reading.text) for words in _PARTIES)
        units = (i for s in reading.sentences for i in s.items if i.type == "UNIT")
        self.us = list(itertools.islice(units, 1))
        self.lead: list[Item] = []  # who carries out the first activity
        self.lead_acts = False
        self.actors: list[Item] = []  # who acted last in this paragraph
        self.he: list[Item] = []  # the first person that acted in a sentence before
        self.first_officer: list[Item] = []  # in this sentence
        self.named: list[Item] = []  # who acts in this sentence
        self.recent: list[Item] = []  # who acted in the sentence before
        self.recent_paragraph = -1
        self.parties: list[Item] = []  # all that acted in this paragraph
        self.units: dict[str, Item] = {}
        self.told: list[Act] = []  # in this sentence
        self.opening = ""  # the words before the first mention of the sentence
        self.clock = Clock()
        self.spots = Spots(reading)
        self.points = Points(reading.text)

    def scenes(self) -> Iterator[Scene]:
        for number, sentence in enumerate(self.reading.sentences):
            self.number = number
            if sentence.paragraph != self.paragraph:
                self.paragraph, self.begun = sentence.paragraph, number
                self.actors, self.parties, self.spots.places = [], [], []
                self.clock.turn(self.reading.text, sentence.span.start)
                self.event = self.main if self.main_sentence != LONG_AGO else None
                self.main_sentence = LONG_AGO
                if ITEM.match(self.reading.text, sentence.span.start):
                    self._forget()
            elif self.told:
                self.clock.go_on()
            if self.points.begins(sentence):
                self._begin_point(sentence)
            self.named, self.told = [], []
            self.he, self.first_officer = self.first_officer or self.he, []
            if sentence.items:
                yield from self._sentence(sentence)
            else:
                yield self._idle(sentence)
            self.recent, self.recent_paragraph = self.named, self.paragraph
            if len(self.actors) > 1:
                self._leave_divisions()

    def _forget(self) -> None:
        """Forget what came before an item of a round-up (▲ · ■)."""
        self.lead, self.lead_acts, self.clock = [], False, Clock()
        self.main = self.meeting = self.event = None
        self.first = {}

    def _begin_point(self, sentence: Sentence) -> None:
        """Let what held before the first point of a paragraph hold again (一是…。二是…。)."""
        clock = self.clock
        held = Held(
            tuple(self.actors),
            tuple(self.parties),
            tuple(self.spots.places),
            tuple(clock.times),
            tuple(clock.day),
            self.main,
            self.main_sentence,
            self.main_paragraph,
        )
        before = self.points.keep(sentence, held)
        if before is not held:
            self.actors, self.parties, self.spots.places = map(
                list, (before.actors, before.parties, before.places)
            )
            clock.times, clock.day = list(before.times), list(before.day)
            self.main, self.main_sentence = before.main, before.main_sentence
            self.main_paragraph, self.recent = before.main_paragraph, []

    def _sentence(self, sentence: Sentence) -> Iterator[Scene]:
        first: Act | None = None
        self.opening = _opening(sentence)
        if self.meeting and self.opening.lstrip().startswith("会上"):
            self.set_main(self.meeting)
        for item in sentence.items:
            if item.type == "UNIT":
                self.units[item.entity] = item
        found = frames(sentence)
        for frame in found:
            self.told += frame.done
            around = self._around(frame) if frame.around else []
            scene = self._scene(frame, around, last=frame is found[-1])
            yield scene
            if frame.done and not self.lead_acts and self._in_body(frame) and scene.subjects:
                self.lead = [one for one in scene.subjects if not roles.is_team(one)]
                self.lead_acts = True
            if scene.whole or frame.around:
                self.did(scene)
            if around and not (scene.whole and _is_left(around[0])):
                first = around[0]
            elif first is None:
                first = next(filter(self._is_last, scene.whole), None)
        if first is not None:
            self.set_main(first)

    def _idle(self, sentence: Sentence) -> Scene:
        """Return the scene of a sentence that names nothing: what went on goes on."""
        if self.main_sentence == LONG_AGO:
            self.main = self.first.get("")
        return Scene(
            Frame(sentence),
            sentence,
            tuple(self.actors or self.lead),
            True,
            (),
            self.main,
            self.number - self.main_sentence,
            self.paragraph - self.main_paragraph,
            tuple(self.clock.times),
            tuple(self.clock.day),
            tuple(self.spots.places),
            tuple(self.spots.last),
            (),
            tuple(self.parties),
            (),
            last=True,
            near=self.number - self.main_sentence <= _NEAR,
            summed=self.summed_up(sentence),
        )

    def _is_last(self, act: Act) -> bool:
        """Return whether no other act hangs on the name of this one (“X”行动启动仪式)."""
        groups = self.reading.sentences[self.number].groups
        end = act.item.mention.end
        if self.is_aside(act):
            return False
        return not any(group.start == end and group.type == "ACT" for group in groups)

    def _in_body(self, frame: Frame) -> bool:
        return frame.sentence.span.start >= self.reading.scan.title_end

    def _around(self, frame: Frame) -> list[Act]:
        """Return the activities that go on around a frame; one that is over, or to come, does not."""
        return [
            act
            for act in frame.around
            if act.usage == SETTING
            and act.item.trail != "前"
            and not (frame.done and is_stage(act.item.trail))  # 行动的重头戏——乙在X开讲
            and not (self.told and pattern(AFTER).match(act.item.trail))
        ]

    def _scene(self, frame: Frame, around: Sequence[Act], *, last: bool) -> Scene:
        if around:
            self.set_main(around[0])
        cast = frame.of(roles.SUBJECT)
        officers = self._officers(cast)
        subjects, inherited = self._subjects(frame, cast or officers)
        if self.main_sentence == LONG_AGO and not self.comes_back(frame):
            self.main = self.first_of("" if inherited else subjects[0].entity)
        if frame.times:
            self.clock.keep(frame.times, headline=not frame.cast and self._is_section(frame))
        self.spots.leave(frame, subjects, inherited=inherited)
        topics = self.spots.topics(frame, headline=self._is_headline()) if frame.places else []
        scene = Scene(
            frame,
            frame.sentence,
            tuple(subjects),
            inherited,
            tuple(officers),
            self.main,
            self.number - self.main_sentence,
            self.paragraph - self.main_paragraph,
            tuple(self.clock.times),
            tuple(self.clock.day),
            tuple(self.spots.places or topics),
            tuple(self.spots.last),
            tuple(self.told),
            tuple(self.parties),
            tuple([act for act in frame.done if not is_step(act)]) if frame.done else (),
            last,
            self.number - self.main_sentence <= _NEAR,
            None if frame.acts else self.summed_up(frame.sentence),
        )
        self.spots.keep(frame, topics)
        return scene

    def _subjects(self, frame: Frame, cast: Sequence[Item]) -> tuple[Sequence[Item], bool]:
        """Return who acts in a frame, and whether that is only carried over."""
        if roles.OTHER in frame.cast:
            return [], True
        together = self._together(frame) if self.collective else None
        if together:
            return together, False
        subjects = self._bodies(cast) if cast else []
        if not subjects and frame.visitors:
            partners = bodies(frame.of(roles.PARTNER))
            if partners and any(one.start < partners[0].mention.start for one in frame.visitors):
                subjects = partners  # 义警与检查站、派出所开展…
        if subjects and _is_adhoc(subjects[0]) and all(map(_is_adhoc, subjects)):
            subjects = [*subjects, *(self.actors or self.lead)]  # 专案组 acts for who set it up
        if frame.done and self._starts(frame):
            subjects = [*self.named, *(one for one in subjects if one not in self.named)]
        if subjects:
            if self._in_body(frame):
                self.named = subjects
                self.actors = subjects if self._acts_on(frame, cast, subjects) else self.actors
                self.company.note(list(subjects), bodies(frame.of(roles.PARTNER)))
                self.parties += subjects
                self.lead = self.lead or [item for item in subjects if item.type == "UNIT"]
            return subjects, False
        found, inherited = self._carried()
        if found and inherited and frame.done and self._is_section(frame):
            # 劝阻一起诈骗⏎6月5日，乙派出所…: not of whom was told above
            found = self._bodies(self.below()) or found
        done = frame.done if inherited else ()
        return (of_class(found, self._since(done[0].item)) if done else found), inherited

    def _carried(self) -> tuple[list[Item], bool]:
        """Return who acts where a frame names nobody, and whether its words do not say so."""
        opening = self.opening
        meant = self.company.meant(opening) if opening else []
        if meant:
            return meant, False
        goes_on = _THEY if self.paragraph != self.recent_paragraph else _GOES_ON
        if opening and self.recent and pattern(goes_on).search(opening):
            return self.recent, False
        if "我" in opening and self.us and pattern(_WE).search(opening):
            return self.us, True
        return self.actors or self.lead, True

    @staticmethod
    def _starts(frame: Frame) -> bool:
        """Return whether an act begins by itself, after all who were named (甲…，乙…，行动开始)."""
        for act in frame.done:
            item = act.item
            if item.trail and item.lead in _ONE and pattern(_STARTS).match(item.trail):
                return True
        return False

    def _officers(self, cast: Sequence[Item]) -> list[Item]:
        """Return the persons that act: those named, or the one that 他 or 她 means."""
        found = [item for item in cast if roles.may_act(item, self.reading.authors)] if cast else []
        opening = self.opening
        if not found and ("他" in opening or "她" in opening) and pattern(_HE).search(opening):
            return self.he
        self.first_officer = self.first_officer or found[:1]
        return found

    def _together(self, frame: Frame) -> list[Item]:
        """Return the parties that a word like 各方 or 双方 stands for."""
        items, before = [act.item for act in frame.done], rf"{_ALL}|{_FORCES}"
        papers = [*frame.docs, *frame.methods]
        if not items or any(one.mention.start < items[0].mention.start for one in papers):
            items, before = papers, _SIDES  # 三地签署《…协议》，每季度组织一次会商
        if not any(pattern(before).search(self._since(item)) for item in items):
            return []
        main = self.main or self.first.get("")
        hosts = self.company.hosts.get(main.item.entity, []) if main else []
        if len(hosts) > 1:
            return hosts
        named = self.company.counted(self.reading.sentences[self.number], items[0])
        if named:
            return named
        return [*self.parties, *self._bodies(frame.of(roles.SUBJECT))] if self.parties else []

    def _since(self, item: Item) -> str:
        """Return the text from the act named last, or the start of the sentence, to an item."""
        sentence = self.reading.sentences[self.number]
        ends = [group.end for group in sentence.groups if group.type == "ACT"]
        start = max([end for end in ends if end <= item.mention.start], default=sentence.span.start)
        return self.reading.text[start : item.mention.start]

    def _bodies(self, subjects: Sequence[Item]) -> list[Item]:
        """Return the units and organisations that act, officers replaced by their unit."""
        found = bodies(subjects)
        if found or not subjects:
            return found
        units = [self.posts.get(item.entity, "") for item in subjects if item.type == "PER"]
        return [self.units[unit] for unit in dict.fromkeys(units) if unit in self.units]

    def _acts_on(self, frame: Frame, cast: Sequence[Item], subjects: Sequence[Item]) -> bool:
        """Return whether those who act here carry on: no officer of others (市禁毒委主任X出席活动)."""
        guest = all(item.type == "ORG" for item in subjects) and "PER" in {i.type for i in cast}
        return not self.actors or bool(frame.done and not guest)

    def _leave_divisions(self) -> None:
        """After a sentence about several divisions, their parent acts again."""
        parents = {self.reading.parents.get(item.entity, "") for item in self.actors}
        if len(parents) == 1 and parents <= {item.entity for item in self.lead}:
            self.actors = []

    def _is_section(self, frame: Frame) -> bool:
        """Return whether a frame is the headline of a section, below which its day holds."""
        return self._is_headline() and self._in_body(frame)

    def _is_headline(self) -> bool:
        span = self.reading.sentences[self.number].span
        return self.reading.text[span.start : span.end].rstrip()[-1:] not in FULL


def _is_left(act: Act) -> bool:
    """Return whether another act is told from here on (走访中发现 · 行动的重头戏——宣讲会开讲)."""
    return is_find(act) or is_stage(act.item.trail)


def _is_adhoc(item: Item) -> bool:
    """Return whether a body was set up for one case."""
    return item.type == "UNIT" and bool(pattern(r"<adhoc>”?$").search(item.mention.text))
