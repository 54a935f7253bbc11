"""Who acts in each part of a sentence: a frame is a subject with all that is said of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.relate import roles
from kg.relate.reading import ACTORS, Group, Item, Reading, Sentence
from kg.relate.words import pattern

# How an activity stands in its frame.
DONE: Final = "done"
JOINED: Final = "joined"
SETTING: Final = "setting"  # 活动中, 在…行动中: where the frame plays
FRAMEWORK: Final = "framework"  # 结合…, 以…为载体


@dataclass(slots=True)
class Act:
    """An activity in a frame, with the places, times and people said of it there."""

    item: Item
    usage: str
    venues: list[Item] = field(default_factory=list)
    times: list[Item] = field(default_factory=list)
    people: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """A subject and what it does; ``cast`` holds the actors by role, in order."""

    sentence: Sentence
    cast: dict[str, list[Item]] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    venues: list[Item] = field(default_factory=list)
    times: list[Item] = field(default_factory=list)
    people: list[Item] = field(default_factory=list)
    docs: list[Item] = field(default_factory=list)
    methods: list[Item] = field(default_factory=list)
    visitors: list[Item] = field(default_factory=list)

    def of(self, *names: str) -> list[Item]:
        """Return the actors that play one of the given roles."""
        return [item for name in names for item in self.cast.get(name, [])]

    def done(self) -> list[Act]:
        """Return the activities that the frame itself reports."""
        return [act for act in self.acts if act.usage in (DONE, JOINED)]

    def settings(self) -> list[Act]:
        """Return the activities inside which the frame plays."""
        return [act for act in self.acts if act.usage in (SETTING, FRAMEWORK)]


def frames(reading: Reading, sentence: Sentence) -> list[Frame]:
    """Return the frames of a sentence in order; there is at least one."""
    return _Framer(reading, sentence).frames()


class _Framer:
    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.sentence = sentence
        self.frame = Frame(sentence)
        self.found = [self.frame]
        self.fresh_venues = False
        self.last: Group | None = None

    def frames(self) -> list[Frame]:
        for group in self.sentence.groups:
            self._take(group)
            self.last = group
        return self.found

    def _take(self, group: Group) -> None:
        if group.type == "ACT":
            for item in group.items:
                self._act(item, group)
        elif group.type == "TIME":
            self.frame.times = list(group.items)
        elif group.type == "DOC":
            self.frame.docs += group.items
        elif group.type == "METHOD":
            self.frame.methods += group.items
        else:
            self._actor(group, roles.role_of(group))

    def _act(self, item: Item, group: Group) -> None:
        act = Act(item, _usage(item, group))
        act.times = list(self.frame.times)
        if act.usage in (DONE, JOINED):
            act.venues = list(self.frame.venues)
            self.fresh_venues = False
            act.people = list(self.frame.people)
            self.frame.people = []
        self.frame.acts.append(act)

    def _actor(self, group: Group, role: str) -> None:
        if role == roles.SUBJECT and group.type in ACTORS:
            self._subject(group)
        elif role == roles.VENUE:
            self._venue(group)
        elif role == roles.RECIPIENT or group.type == "GROUP":
            self._people(group, role)
        elif group.type == "LOC" and role == roles.NONE:
            return
        else:
            self.frame.cast.setdefault(role, []).extend(group.items)

    def _subject(self, group: Group) -> None:
        if self._continues(group):
            self.frame.cast.setdefault(roles.SUBJECT, []).extend(group.items)
            return
        if self.frame.cast or self.frame.done():
            times, settings = self.frame.times, self.frame.settings()
            self.frame = Frame(self.sentence, times=list(times), acts=list(settings))
            self.found.append(self.frame)
        self.frame.cast[roles.SUBJECT] = list(group.items)

    def _continues(self, group: Group) -> bool:
        """Return whether a subject follows another at once (甲局负责人，乙厂代表参加)."""
        follows = self.last is not None and self.last.type in ACTORS
        gap = pattern(r"^(?:<people>|等)*(?:[，、]|<list>)$").match(group.before)
        return follows and bool(self.frame.of(roles.SUBJECT)) and bool(gap)

    def _venue(self, group: Group) -> None:
        if not self.fresh_venues:
            self.frame.venues = []
        self.fresh_venues = True
        self.frame.venues += group.items
        self._give(group, "venues", r"^[^，]*(?:在|于)$")

    def _give(self, group: Group, kind: str, lead: str) -> None:
        """Hand a venue that follows its act (活动在X举行) back to it."""
        before = self.last
        done = self.frame.done()
        if (
            before is not None
            and before.type == "ACT"
            and done
            and pattern(lead).match(group.before)
        ):
            getattr(done[-1], kind).extend(group.items)

    def _people(self, group: Group, role: str) -> None:
        done = self.frame.done()
        if role == roles.PARTNER:
            self.frame.cast.setdefault(role, []).extend(group.items)
        elif role == roles.SUBJECT and group.lead == group.before == "":
            self.frame.visitors += group.items
        else:
            self.frame.people += group.items
            if done and not _act_follows(self.sentence, group):
                done[-1].people += group.items


def _act_follows(sentence: Sentence, group: Group) -> bool:
    """Return whether an activity follows in the same clause."""
    index = sentence.groups.index(group) + 1
    rest = sentence.groups[index : index + 1]
    return bool(rest) and rest[0].type == "ACT" and "，" not in rest[0].before


def _usage(item: Item, group: Group) -> str:
    lead, trail = group.lead, group.trail
    if pattern(r"^[”’]?的?<scene>").match(trail) and not pattern(
        r"<hold>(?:了)?[^，]{0,8}$"
    ).search(lead):
        return SETTING
    if item.mention.nominal:
        return SETTING
    if pattern(r"<frame_before>[^，]{0,6}$").search(lead) and pattern(r"^<frame_after>").match(
        trail
    ):
        return FRAMEWORK
    if pattern(r"(?:结合|依托|作为|按照|围绕)[^，]{0,6}$").search(lead):
        return FRAMEWORK
    return JOINED if pattern(r"<join>[^，]{0,8}$").search(lead) else DONE


def all_frames(reading: Reading) -> Iterator[Frame]:
    """Yield the frames of all sentences in order."""
    for sentence in reading.sentences:
        yield from frames(reading, sentence)
