"""What carries over from sentence to sentence: who acts, what goes on, when and where."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.relate import roles
from kg.relate.frames import SETTING, Act, Frame, frames
from kg.relate.reading import ACTORS, Item, Reading, Sentence
from kg.relate.words import pattern

_LONG_AGO: Final = -9
_FULL: Final = re.compile(r"[。！？…”；]$")
_NEAR: Final = 2  # sentences
_SAME_DAY: Final = r"^(?:当|同一?|该)[天日晚]"
_CLOCK: Final = r"^[0-9零一二三四五六七八九十]{1,2}[:：时点]"


@dataclass(frozen=True, slots=True)
class Scene:
    """A frame in its place in the article.

    ``subjects`` are the units and organisations that act, ``inherited`` if the frame names none;
    ``officers`` are persons that stand for their unit. ``main`` is the activity that goes on around
    the frame, ``near`` if it was named in this sentence or the one before. ``times`` and
    ``places`` hold where the frame names none.
    """

    frame: Frame
    subjects: tuple[Item, ...]
    inherited: bool
    officers: tuple[Item, ...]
    main: Act | None
    near: bool
    times: tuple[Item, ...]
    places: tuple[Item, ...]

    @property
    def sentence(self) -> Sentence:
        """Return the sentence of the frame."""
        return self.frame.sentence


def is_step(act: Act) -> bool:
    """Return whether an act is a verb phrase without a head: a step of something bigger."""
    text = act.item.mention.text
    return bool(pattern(r"^<step>").match(text)) and not pattern(r"<act.head>$").search(text)


def scenes(reading: Reading, posts: Mapping[str, str]) -> list[Scene]:
    """Return the frames of an article in order; ``posts`` says which unit a person belongs to."""
    return list(_Thread(reading, posts).scenes())


class _Thread:
    def __init__(self, reading: Reading, posts: Mapping[str, str]) -> None:
        self.reading = reading
        self.posts = posts
        self.lead: list[Item] = []
        self.actors: list[Item] = []
        self.units: dict[str, Item] = {}
        self.main: Act | None = None
        self.main_sentence = _LONG_AGO
        self.first: dict[str, Act] = {}  # what each actor did first; under "" what anybody did
        self.paragraph = -1
        self.times: list[Item] = []
        self.day: list[Item] = []
        self.places: list[Item] = []
        self.number = -1

    def scenes(self) -> Iterator[Scene]:
        for number, sentence in enumerate(self.reading.sentences):
            self.number = number
            if sentence.paragraph != self.paragraph:
                self.paragraph = sentence.paragraph
                self.actors, self.times, self.places = [], [], []
                self.main_sentence = _LONG_AGO
            yield from self._sentence(sentence)

    def _sentence(self, sentence: Sentence) -> Iterator[Scene]:
        first: Act | None = None
        for frame in frames(sentence):
            scene = self._scene(frame)
            yield scene
            around = [act for act in frame.around() if act.usage == SETTING]
            whole = [act for act in frame.done() if not is_step(act)]
            if whole:
                self._set_main(whole[-1])
                for actor in ("", *(item.entity for item in scene.subjects)):
                    self.first.setdefault(actor, whole[0])
            first = next(iter(around), first or next(iter(whole), None))
        if first is not None:
            self._set_main(first)

    def _set_main(self, act: Act) -> None:
        self.main, self.main_sentence = act, self.number

    def _scene(self, frame: Frame) -> Scene:
        for item in frame.of(*frame.cast):
            if item.type == "UNIT":
                self.units[item.entity] = item
        officers = [item for item in frame.of(roles.SUBJECT) if item.type == "PER"]
        subjects = self._bodies(frame.of(roles.SUBJECT))
        inherited = not subjects
        if inherited:
            subjects = self.actors or self.lead
        elif frame.sentence.span.start >= self.reading.scan.title_end:
            self.actors = subjects
            self.lead = self.lead or [item for item in subjects if item.type == "UNIT"]
        around = [act for act in frame.around() if act.usage == SETTING]
        if around:
            self._set_main(around[0])
        self._keep_time(frame)
        near = self.number - self.main_sentence <= _NEAR
        if self.main_sentence == _LONG_AGO:
            self.main = self.first.get("" if inherited else subjects[0].entity)
        scene = Scene(
            frame,
            tuple(subjects),
            inherited,
            tuple(officers),
            self.main,
            near,
            tuple(self.times),
            tuple(self.places),
        )
        self._keep_places(frame)
        return scene

    def _bodies(self, subjects: Sequence[Item]) -> list[Item]:
        """Return the units and organisations that act, officers replaced by their unit."""
        found = [item for item in subjects if item.type in ACTORS]
        if found:
            return found
        units = [self.posts.get(item.entity, "") for item in subjects if item.type == "PER"]
        return [self.units[unit] for unit in dict.fromkeys(units) if unit in self.units]

    def _keep_time(self, frame: Frame) -> None:
        """Remember the times of a frame; an hour belongs to the day before it."""
        if not frame.times:
            return
        self.times = frame.times
        if all(pattern(_CLOCK).match(item.mention.text) for item in frame.times):
            self.times = self.day + frame.times
        elif not any(pattern(_SAME_DAY).match(item.mention.text) for item in frame.times):
            self.day = frame.times

    def _is_topic(self, item: Item) -> bool:
        """Return whether a place opens a sentence as what it is about, or is a headline."""
        span = self.reading.sentences[self.number].span
        opens = not item.lead and not item.before.strip()
        headline = not _FULL.search(self.reading.text[span.start : span.end].strip())
        return headline or (opens and item.trail.startswith("的"))

    def _keep_places(self, frame: Frame) -> None:
        """Remember a place that no activity has used yet."""
        topics = [item for item in frame.places if self._is_topic(item)]
        named = [item for item in frame.venues if item.type == "LOC"] + topics
        if frame.done():
            self.places = []
        elif named:
            self.places = named
