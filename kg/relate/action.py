"""Who carries out an activity, who joins in, where, when and for whom."""

from collections.abc import Iterable, Sequence
from typing import Final

from kg.language.text import Span
from kg.relate import roles
from kg.relate.claims import Claims, span_of
from kg.relate.frames import DONE, Act, Frame, frames
from kg.relate.reading import ACTORS, Item, Reading


class Actions:
    """Reads the frames of an article in order and knows who acts when nobody is named."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.claims = claims
        self.lead: list[Item] = []  # who acts in the article as a whole
        self.actors: list[Item] = []  # who acted last in this paragraph
        self.current: Act | None = None
        self.paragraph = -1
        self.times: list[Item] = []
        self.timed: set[str] = set()

    def relate(self) -> None:
        """Add the claims of every frame."""
        for sentence in self.reading.sentences:
            if sentence.paragraph != self.paragraph:
                self.paragraph, self.actors, self.times = sentence.paragraph, [], []
            for frame in frames(self.reading, sentence):
                self._frame(frame)

    def _frame(self, frame: Frame) -> None:
        subjects = frame.of(roles.SUBJECT)
        body = frame.sentence.span.start >= self.reading.scan.title_end
        inherited = not subjects
        if inherited:
            subjects = self.actors or self.lead
        elif body:
            self.actors = subjects
            self.lead = self.lead or [i for i in subjects if i.type == "UNIT"]
        for act in frame.done():
            self._act(frame, act, subjects, inherited)
        if frame.times:
            self.times = frame.times
        if not frame.done() and self.current is not None:
            self._loose(frame, self.current)
        self._cooperate(frame, subjects)

    def _act(self, frame: Frame, act: Act, subjects: Sequence[Item], inherited: bool) -> None:
        self.current = act
        how = "inherited" if inherited else "subject"
        relation = "organizes" if act.usage == DONE else "takes_part"
        hosts = frame.of(roles.HOST)
        if hosts:
            self._each("organizes", hosts, act, frame, "host")
            relation = "takes_part"
        self._each(relation, subjects, act, frame, how)
        partners = frame.of(roles.PARTNER)
        self._each("organizes", [i for i in partners if i.type in ACTORS], act, frame, "joint")
        others = [i for i in partners if i.type not in ACTORS]
        joining = others + frame.of(roles.HELPER, roles.DIRECTED, roles.INVITED)
        self._each("takes_part", joining, act, frame, "joining")
        self._each("held_at", act.venues, act, frame, "venue")
        self._when(act, frame)
        self._each("targets", act.people, act, frame, "people")

    def _when(self, act: Act, frame: Frame) -> None:
        times = act.times or ([] if act.item.entity in self.timed else self.times)
        if times:
            self.timed.add(act.item.entity)
        self._each("held_on", times, act, frame, "time")

    def _loose(self, frame: Frame, act: Act) -> None:
        """Add what a frame without an activity of its own says of the one before."""
        self._each("targets", [i for i in frame.people if i.type == "GROUP"], act, frame, "people")

    def _cooperate(self, frame: Frame, subjects: Sequence[Item]) -> None:
        for one in subjects:
            for other in frame.of(roles.PARTNER):
                if one.type in ACTORS and other.type in ACTORS:
                    self._add("cooperates_with", one, other, frame, "joint")

    def _each(
        self, relation: str, items: Iterable[Item], act: Act, frame: Frame, rule: str
    ) -> None:
        for item in items:
            ends = (act.item, item) if relation in _FROM_ACT else (item, act.item)
            self._add(relation, *ends, frame, rule)

    def _add(self, relation: str, head: Item, tail: Item, frame: Frame, rule: str) -> None:
        inside = frame.sentence.span
        passages = [inside, *(_outside(item, inside) for item in (head, tail))]
        spans = [span for span in passages if span is not None]
        self.claims.add(relation, (head.entity, tail.entity), spans, f"action.{rule}")


_FROM_ACT: Final = ("held_at", "held_on", "targets")


def _outside(item: Item, span: Span) -> Span | None:
    inside = span.start <= item.mention.start < span.end
    return None if inside else span_of(item.mention)
