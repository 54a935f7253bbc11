"""What goes on from sentence to sentence: the act that later ones are told of."""

from collections.abc import Sequence
from typing import Final

from kg.relate import roles
from kg.relate.act import (
    FRAMEWORK,
    JOINED,
    OFFERED,
    Act,
    is_campaign,
    is_drill,
    is_lesson,
    is_meeting,
)
from kg.relate.attendance import attends, joins_in
from kg.relate.company import Company
from kg.relate.frame import Frame
from kg.relate.frames import frames
from kg.relate.reading import Item, Reading, Sentence, bodies
from kg.relate.scene import Scene
from kg.relate.words import pattern

LONG_AGO: Final = -9
_COUNTED: Final = r"^(?:活动|工作)?[0-9]+余?[次场]"
_HOLDS: Final = r"(?:举[行办]|召开|开展)了?[^，]{0,6}$"
_WINS: Final = r"^[^，]{0,6}<award>"  # of a contest told of before
_SUM: Final = r"\s*(?:截[至止]|据(?:初步)?统计|目前，)[^。；]{0,24}(?:共|累计|先后)"
_MEETINGS: Final = ("会", "会议", "仪式")


class Course:
    """Keeps what goes on, the last meeting and event, and what each actor did first."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.company = Company(reading)
        self.number = -1  # of the sentence
        self.paragraph = -1
        self.begun = -1  # the sentence that began the paragraph
        self.main: Act | None = None
        self.main_sentence = LONG_AGO
        self.main_paragraph = LONG_AGO
        self.meeting: Act | None = None  # the last one
        self.whole: Act | None = None  # what an article tells of: all that is summed up is of it
        self.event: Act | None = None  # what went on in the paragraph before
        self.first: dict[str, Act] = {}  # what each actor did first; under "" what anybody did

    def below(self) -> Sequence[Item]:
        """Return who acts in the first sentence below a headline."""
        after = self.reading.sentences[self.number + 1 : self.number + 2]
        below = [one for one in after if one.items and one.paragraph == self.paragraph]
        return frames(below[0])[0].of(roles.SUBJECT) if below else ()

    def did(self, scene: Scene) -> None:
        """Remember who did what; the first in the body leads the article."""
        if not scene.whole:
            self._begin(scene)
            return
        partners = bodies(scene.frame.of(roles.PARTNER))
        for act in scene.whole:
            if act.usage == JOINED and act.item.mention.nominal:
                continue  # 乙、丙派出所负责人参加会议: they do not hold it
            self.company.hosts.setdefault(act.item.entity, []).extend([*scene.subjects, *partners])
        step = self.main is not None and is_drill(self.main) and scene.near
        step = step and not pattern(_HOLDS).search(scene.whole[-1].item.lead)
        step = step or (self.main_sentence != LONG_AGO and is_lesson(scene.whole[-1]))
        if not step and not self.is_aside(scene.whole[-1]):
            self.set_main(scene.whole[-1])
        self.first.setdefault("", scene.whole[0])
        if self.whole is None and scene.subjects and not is_lesson(scene.whole[0]):
            self.whole = scene.whole[0]
        for item in (*scene.subjects, *partners):
            self.first.setdefault(item.entity, scene.whole[0])

    def is_aside(self, act: Act) -> bool:
        """Return whether an act is told of in passing while another one goes on.

        It is only counted (先后召开协调会5次), or is a list of what is offered (提供指路、寻物等服务).
        """
        if self.main is None or is_meeting(self.main):
            return False
        return act.item.mention.rule == OFFERED or bool(pattern(_COUNTED).match(act.item.trail))

    def _begin(self, scene: Scene) -> None:
        """Take the campaign that an article begins with as what its sums are of (结合甲行动，…)."""
        body = scene.sentence.span.start >= self.reading.scan.title_end
        if body and self.whole is None and scene.subjects and not scene.told:
            used = (act for act in scene.frame.around if act.usage == FRAMEWORK)
            self.whole = next(filter(is_campaign, used), None)

    def comes_back(self, frame: Frame) -> bool:
        """Return whether those who attend an event told of shortly before open a paragraph."""
        if not self.event or frame.done or frame.around or roles.SUBJECT not in frame.cast:
            return False
        tail = self.reading.tail(frame.cast[roles.SUBJECT][-1].mention.end)
        if self.meeting and attends(tail):
            self.set_main(self.meeting)
        elif joins_in(tail) or self._plays(self.event, frame):
            self.set_main(self.event)
        return self.main_sentence == self.number

    def _plays(self, event: Act, frame: Frame) -> bool:
        """Return whether an event is a drill, and divisions of who holds it act in a frame."""
        hosts = {item.entity for item in self.company.hosts.get(event.item.entity, ())}
        parents = self.reading.parents
        cast = frame.cast[roles.SUBJECT]
        return (
            is_drill(event)
            and self.number - self.begun <= 1
            and not pattern(_WINS).match(self.reading.tail(cast[-1].mention.end))
            and not frame.times
            and all(parents.get(item.entity) in hosts for item in cast)
        )

    def summed_up(self, sentence: Sentence) -> Act | None:
        """Return the act whose results a sentence sums up (截至目前，共走访124户)."""
        text, span = self.reading.text, sentence.span
        return self.whole if pattern(_SUM).match(text, span.start, span.end) else None

    def first_of(self, actor: str) -> Act | None:
        """Return what an actor did first, or the act of the title that nobody is named for."""
        act = self.first.get("")
        if act is None or self.company.hosts.get(act.item.entity):
            return self.first.get(actor)
        return self.first.get(actor, act)

    def set_main(self, act: Act) -> None:
        """Remember that an act goes on from this sentence."""
        self.main, self.main_sentence = act, self.number
        self.main_paragraph = self.paragraph
        if act.item.mention.text.endswith(_MEETINGS) and not act.item.mention.nominal:
            self.meeting = act
