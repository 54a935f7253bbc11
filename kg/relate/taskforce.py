"""Who was put on a case, and who helped to catch somebody: they take part in what came of it.

县局抽调甲大队、乙派出所成立专案组。…在丙派出所配合下，将杨某抓获。…打掉一个盗窃团伙。
"""

from typing import Final

from kg.relate import roles
from kg.relate.act import Act, is_case
from kg.relate.reading import Item, Reading
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

_FORMS: Final = r"(?:成立|组成|组建|设立)了?[^，。；]{0,12}专(?:案|班)"
_CATCHES: Final = "<catch>"
_ARREST: Final = r"(?:收网|抓捕|追捕|围捕)(?:行动)?”?$"
_CAME_OF_IT: Final = r"^[^“”]{0,4}(?:打掉|端掉|捣毁|摧毁|斩断|破获|侦破)"


class TaskForces:
    """Adds takes_part for the case that an article tells of, or the arrest that it names."""

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.cases: list[Act] = []
        self.arrest: Act | None = None  # the last one named
        self.put_on: list[tuple[Scene, Item, Act | None]] = []  # with the arrest they helped in

    def relate(self, scene: Scene) -> None:
        """Note what came of a case, who was put on it and who helped."""
        for act in scene.frame.done:
            if is_case(act) and pattern(_CAME_OF_IT).match(act.item.mention.text):
                self.cases.append(act)
            elif pattern(_ARREST).search(act.item.mention.text):
                self.arrest = act
        if scene.frame.done:
            return
        directed = scene.frame.of(roles.DIRECTED)
        acts = any(group.type == "ACT" for group in scene.sentence.groups)  # 成立专案组，开展走访
        if directed and not acts and self._says(scene, _FORMS):
            self.put_on += [(scene, item, None) for item in directed if item.type == "UNIT"]
        helpers = scene.frame.of(roles.HELPER)
        if self.arrest and scene.frame.times:
            return  # 实施抓捕。次日，在乙所协助下抓获收赃人员: another arrest
        if helpers and self._says(scene, _CATCHES):
            self.put_on += [(scene, item, self.arrest) for item in helpers if item.type == "UNIT"]

    def finish(self) -> None:
        """Let them take part in the one case, or in the arrest, where they do not lead it."""
        one = self.cases[0] if len({act.item.entity for act in self.cases}) == 1 else None
        for scene, item, arrest in self.put_on:
            act = arrest or one
            heads = self.statements.heads("organizes", act.item.entity) if act else ()
            if act and heads and item.entity not in heads:
                self.statements.add(scene, "takes_part", item, act.item, "taskforce.unit")

    def _says(self, scene: Scene, wording: str) -> bool:
        span = scene.sentence.span
        return bool(pattern(wording).search(self.reading.text, span.start, span.end))
