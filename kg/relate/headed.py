"""When, where and with whom what only a headline names was done: the first sentence below says it.

★甲派出所打掉一个盗窃团伙
6月5日，甲派出所在乙大队配合下，在丙镇将杨某等3人抓获。
"""

from typing import Final

from kg.relate import roles
from kg.relate.act import Act
from kg.relate.clock import is_since
from kg.relate.reading import FULL, ITEM, Reading
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

_NUMBER: Final = r"\s*(?:[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.、])"


class Headed:
    """Adds held_on, held_at and takes_part for the act of a headline that the text does not name."""

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.named: dict[str, int] = {}  # how often each act is named in the body
        self.act: Act | None = None  # of the headline above, until the text below has begun
        self.told: list[tuple[Act, list[Scene]]] = []

    def relate(self, scene: Scene) -> None:
        """Note headlines with what they name, and the first sentence below each."""
        for act in scene.frame.acts:
            if scene.sentence.span.start >= self.reading.scan.title_end:
                self.named[act.item.entity] = self.named.get(act.item.entity, 0) + 1
        if self._is_headline(scene):
            acts = [act for act in scene.frame.done if not act.item.mention.nominal]
            if acts:
                self.act = acts[0]
                self.told.append((acts[0], []))
        elif self.act is not None:
            scenes = self.told[-1][1]
            if scenes and scenes[-1].sentence is not scene.sentence:
                self.act = None
            else:
                scenes.append(scene)

    def finish(self) -> None:
        """Add what the sentences below the headlines say of acts that have no day yet."""
        dated = {one.head for one in self.statements.claims.all() if one.relation == "held_on"}
        for act, scenes in self.told:
            entity = act.item.entity
            if entity not in dated and self.named.get(entity, 0) <= self._is_item(act):
                self._add(act, scenes)

    def _add(self, act: Act, scenes: list[Scene]) -> None:
        if any(scene.whole for scene in scenes):
            return
        heads = self.statements.heads("organizes", act.item.entity)
        for scene in scenes:
            if scene.inherited or not any(one.entity in heads for one in scene.subjects):
                continue
            times = [one for one in scene.frame.times if not is_since(one)]
            for time in times:
                self.statements.add(scene, "held_on", act.item, time, "headed.time")
            for venue in scene.frame.venues if times else ():
                self.statements.add(scene, "held_at", act.item, venue, "headed.venue")
            helpers = scene.frame.of(roles.HELPER)
            for one in (*scene.officers, *helpers):
                if one.entity not in heads:
                    self.statements.add(scene, "takes_part", one, act.item, "headed.helper")

    def _is_headline(self, scene: Scene) -> bool:
        """Return whether a scene stands in the title, or in the headline of an item."""
        span = scene.sentence.span
        text = self.reading.text[span.start : span.end].rstrip()
        if span.start < self.reading.scan.title_end:
            return True
        marked = ITEM.match(text) or pattern(_NUMBER).match(text)
        return bool(marked) and text[-1:] not in FULL

    def _is_item(self, act: Act) -> bool:
        """Return whether the headline stands below the title: it names its act itself."""
        return act.item.mention.start >= self.reading.scan.title_end
