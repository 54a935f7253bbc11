"""Who does what only a title names: who acts first below it."""

from collections.abc import Sequence

from kg.language.regions import tuple_of
from kg.relate.act import Act
from kg.relate.reading import Item, Reading
from kg.relate.scene import Scene


class Headline:
    """Remembers the first scene below the title in which a unit acts."""

    def __init__(self, reading: Reading) -> None:
        self._title_end = reading.scan.title_end
        self._first: Scene | None = None

    def note(self, scene: Scene) -> None:
        """Take a scene, if it is the first one below the title and no signature."""
        if self._first is None and not scene.inherited and not self._is_in(scene):
            acting = any(one.type == "UNIT" and one.after.strip() for one in scene.subjects)
            self._first = scene if acting else None

    def hosts(self, scene: Scene, act: Act) -> Sequence[Item]:
        """Return who does an act of the title that names nobody; fairs and races others hold."""
        if self._first is None or scene.subjects or not self._is_in(scene):
            return ()
        # a fair has no host by that, nor has a visit of deputies
        fair = act.item.mention.text.endswith((*tuple_of("act.public"), "视察"))
        return () if fair else self._first.subjects[:1]

    def _is_in(self, scene: Scene) -> bool:
        return scene.sentence.span.start < self._title_end
