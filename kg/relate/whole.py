"""What an article tells of between the first and the last words on an event that takes its time."""

from collections.abc import Iterator
from typing import Final

from kg.relate.act import Act, is_stage, is_step
from kg.relate.clock import began, with_sign
from kg.relate.reading import Reading
from kg.relate.scene import Scene
from kg.relate.thread import AFTER
from kg.relate.words import pattern

# What takes its time, so that other things are done in it; a meeting or a drill is over in an hour.
_LONG: Final = (
    r"(?:^.{0,12}“[^”]*”[^”]{0,12}|(?:专项|集中|联合|统一|系列)[^”]{0,6})"
    r"(?:<campaign>|活动|检查|宣传|清查|排查|执法)”?$"
)
_MEETING: Final = r"<occasion>(?:活动)?$"

_PROGRAMME: Final = r"(?:<campaign>|活动|检查|宣传|清查|排查|执法|宣讲)”?$"
_POINT: Final = r"(?:[一二三四五六七八九]是|[一二三四五六七八九]、|——|[首其][先次一二三]|NO\.\d)"
_SLOGAN: Final = 10
_POINTS: Final = 2
_LASTING: Final = r"以来|起$|至|连日来|近[期日]|近来|期间|之际|临近|前夕"
_DAY: Final = r"[0-9]日|[当同]日|当[天晚]|次日"


def _is_dated(scene: Scene) -> bool:
    """Return whether a scene plays on a day, or on some days, that it names."""
    times = scene.frame.times or scene.times
    return any(pattern(_DAY).search(with_sign(time)) and not began(time) for time in times)


class Wholes:
    """Keeps the activities of an article in order, and tells which lie inside which."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told: list[tuple[Scene, Act]] = []
        self.begun: dict[str, tuple[Act, int]] = {}  # with its paragraph
        self.last: dict[str, tuple[int, int]] = {}  # where each was named last: paragraph, offset

    def see(self, scene: Scene) -> None:
        """Remember the activities of a scene."""
        paragraph = scene.sentence.paragraph
        for act in scene.frame.acts:
            entity = act.item.entity
            self.last[entity] = paragraph, act.item.mention.start
            if act.item.mention.nominal:
                continue
            if entity not in self.begun:
                self.begun[entity] = act, paragraph
            if act in scene.frame.done and not is_step(act) and not is_stage(act.item.trail):
                self.told.append((scene, act))

    def body(self) -> list[Act]:
        """Return the activities that the text below the title has told of so far."""
        return [act for scene, act in self.told if self._in_body(scene)]

    def parts(self) -> Iterator[tuple[Scene, Act, Act]]:
        """Yield each act told between the first and the last words on another, with that one."""
        body = (scene.sentence for scene, _ in self.told if self._in_body(scene))
        lead = next((sentence.paragraph for sentence in body), 0)
        wholes = [
            (act, paragraph)
            for act, paragraph in self.begun.values()
            if self.last[act.item.entity][0] > paragraph + 1
            and paragraph <= lead
            and pattern(_LONG).search(act.item.mention.text)
        ]
        for scene, act in self.told if wholes else ():
            paragraph, text = scene.sentence.paragraph, act.item.mention.text
            if pattern(_MEETING).search(text) or self._is_after(scene, act):
                continue
            around = [
                whole
                for whole, first in wholes
                if first < paragraph < self.last[whole.item.entity][0]
                and whole.item.entity != act.item.entity
                and whole.item.mention.text not in text
            ]
            if around:
                yield scene, act, around[-1]
        yield from self._points()
        yield from self._instances()

    def _points(self) -> Iterator[tuple[Scene, Act, Act]]:
        """Yield what the points of an article tell of the one thing that it begins with."""
        points = self._point_paragraphs() if self.told else ()
        if len(points) < _POINTS:
            return
        found = {
            a.item.entity: a
            for s, a in self.told
            if s.sentence.paragraph < points[0] and pattern(_PROGRAMME).search(a.item.mention.text)
        }
        if len(found) != 1:
            return
        whole = next(iter(found.values()))
        for scene, act in self.told:
            if scene.sentence.paragraph in points and act.item.entity != whole.item.entity:
                yield scene, act, whole

    def _point_paragraphs(self) -> list[int]:
        """Return the paragraphs that begin with the name of a point (一是织密巡防网。 · 住着守。)."""
        found: list[int] = []
        paragraph, text = -1, self.reading.text
        for sentence in self.reading.sentences:
            if sentence.paragraph == paragraph:
                continue
            paragraph = sentence.paragraph
            line = text[sentence.span.start : sentence.span.end].strip()
            if pattern(_POINT).match(line) or (len(line) <= _SLOGAN and line.endswith("。")):
                found.append(paragraph)
        return found

    def _instances(self) -> Iterator[tuple[Scene, Act, Act]]:
        """Yield what was done on single days of what an article begins with (4月以来开展… 4月9日，…)."""
        body = [one for one in self.told if self._in_body(one[0])]
        if not body:
            return
        first = body[0][0]
        found = [act for act in first.whole if self._is_programme(act)]
        found = [act for act in found if "“" in act.item.mention.text] or found
        if len(found) != 1:
            return
        whole = found[0]
        days = any("日至" in item.mention.text for item in whole.times)
        for scene, act in body[1:]:
            if scene.sentence.paragraph == first.sentence.paragraph or not _is_dated(scene):
                continue
            if pattern(_MEETING).search(act.item.mention.text):
                continue
            if act.item.entity != whole.item.entity and (days or self.shares(act, whole)):
                yield scene, act, whole

    @staticmethod
    def _is_programme(act: Act) -> bool:
        """Return whether an act is said to take more than a day."""
        lasting = any(pattern(_LASTING).search(with_sign(item)) for item in act.times)
        return lasting and bool(pattern(_PROGRAMME).search(act.item.mention.text))

    def shares(self, act: Act, whole: Act) -> bool:
        """Return whether two activities are about the same."""
        return bool(self._topics(act) & self._topics(whole))

    def _topics(self, act: Act) -> set[str]:
        entity = self.reading.entities[act.item.entity]
        return set(filter(None, entity.attributes.get("topic", "").split(",")))

    def _in_body(self, scene: Scene) -> bool:
        return scene.sentence.span.start >= self.reading.scan.title_end

    @staticmethod
    def _is_after(scene: Scene, act: Act) -> bool:
        """Return whether an act is told to follow another one (仪式结束后，…)."""
        start = act.item.mention.start
        around = (one.item for one in scene.frame.around if one.item.mention.start < start)
        return any(pattern(AFTER).match(item.trail) for item in around)
