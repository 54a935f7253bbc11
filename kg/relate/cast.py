"""Who acts in an activity, collected until the article has been read."""

from collections.abc import Iterable, Sequence

from kg.relate.act import Act
from kg.relate.reading import ACTORS, Item, Reading
from kg.relate.scene import Scene
from kg.relate.statement import Statements


class Casting:
    """Adds organizes and takes_part; a body takes part only where nothing says that it leads.

    Who acts where nobody is named is kept ``open``: a later sentence may name somebody.
    ``named`` are the acts whose organizer the text names, ``vague`` is the last act if its sentence
    names nobody.
    """

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.named: set[str] = set()
        self.vague: Act | None = None
        self.open: dict[str, tuple[str, Scene, Act]] = {}
        self._later: list[tuple[Scene, Item, Act, str]] = []

    def finish(self) -> None:
        """Let those take part who do not organize."""
        for scene, item, act, rule in self._later:
            if item.entity not in self.statements.heads("organizes", act.item.entity):
                self.statements.add(scene, "takes_part", item, act.item, f"action.{rule}")

    def is_part(self, item: Item, act: Act) -> bool:
        """Return whether a unit is a division of who organizes the activity, or its sibling."""
        parents = self.reading.parents
        parent = parents.get(item.entity)
        if not parent:
            return False
        hosts = self.statements.heads("organizes", act.item.entity)
        return any(parent in (host, parents.get(host)) for host in hosts)

    def name(self, relation: str, items: Sequence[Item], act: Act, scene: Scene, rule: str) -> None:
        """Add who organizes or joins an act, named as such."""
        if items:
            self.named.add(act.item.entity)
        self.each(relation, items, act, scene, rule)

    def each(self, relation: str, items: Iterable[Item], act: Act, scene: Scene, rule: str) -> None:
        """Add a relation of each of several mentions to an act."""
        for item in items:
            if relation == "takes_part" and item.type in ACTORS:
                self._later.append((scene, item, act, rule))
            else:
                self.statements.add(scene, relation, item, act.item, f"action.{rule}")
