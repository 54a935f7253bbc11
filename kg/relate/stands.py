"""Divisions that show what they have at an event of their bureau: an open day, a drill.

An article names the event once and then walks from stand to stand (特警大队的装甲车前围满了孩子):
whose stand it is takes part, though no sentence says so.
"""

from typing import Final

from kg.relate.act import Act
from kg.relate.reading import Group, Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

_EVENT: Final = r"(?:宣传日|主题宣传|开放日|体验日|比武|演练|演习|演示|嘉年华)\s*(?:活动|竞赛)?”?$"
_ENDED: Final = (
    r"(?:活动|演练|比武)(?:一?结束|之?后|尾声)|次日|下一步|接下来|据介绍|今年以来|近年来"
)
# What stands behind a division that shows something or has a task.
_SHOWS: Final = (
    r"^(?:[^，。；]{0,3}(?:民警|队员|教官|辅警|警力|铁骑|警犬))?[^，。；]{0,4}"
    r"(?:的(?![^，。；]{0,4}(?:民警|辅警|代表))[^，。；]{1,14}|[^，。；]{0,6}(?:展示|亮出|支起|摆[出开上]|搬[来出]|带来|演示|表演|讲解|示范"
    r"|负责|担任|承担|集结|参演|参赛|出动|到场|布设|开设|设立|突入|处置|封控|一字排开))"
)


class Stands:
    """Adds takes_part for the divisions of the host, scene after scene."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.event: Act | None = None
        self.sentence = -1

    def relate(self, scene: Scene) -> None:
        """Remember the event of a scene, or add who shows something at one told of before."""
        for act in (*scene.frame.done, *scene.frame.around):
            named = not act.item.mention.nominal and pattern(_EVENT).search(act.item.mention.text)
            if named and (self.event is None or self.event.item.entity != act.item.entity):
                self.event, self.sentence = act, scene.sentence.span.start
        if self.event is None or scene.sentence.span.start <= self.sentence:
            return
        if self._is_over(scene):
            self.event = None
            return
        acting = {item.entity for item in scene.subjects} if scene.frame.done else set()
        hosts = self.statements.heads("organizes", self.event.item.entity)
        for group in scene.sentence.groups:
            for item in self._showing(group, hosts):
                if item.entity not in acting:
                    self.statements.add(scene, "takes_part", item, self.event.item, "stand.shows")

    def _is_over(self, scene: Scene) -> bool:
        span = scene.sentence.span
        return bool(pattern(_ENDED).search(self.statements.reading.text, span.start, span.end))

    def _showing(self, group: Group, hosts: set[str]) -> list[Item]:
        """Return the divisions of a host in a group that shows something."""
        if group.type != "UNIT" or not pattern(_SHOWS).match(group.trail):
            return []
        return [item for item in group.items if self._is_below(item.entity, hosts)]

    def _is_below(self, unit: str, hosts: set[str]) -> bool:
        parents = self.statements.reading.parents
        above = parents.get(unit, "")
        while above:
            if above in hosts:
                return unit not in hosts
            above = parents.get(above, "")
        return False
