"""Whether who acts belongs to those who carry out a campaign."""

from itertools import takewhile
from typing import Final

from kg.relate.act import Act
from kg.relate.reading import Reading
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

_GROUPS: Final = (
    r"(?:分成|分为|兵分|编成|组成)[两二三四五六七八九多数\d]+(?:个|支)?[^，。；]{0,4}[组路队]"
)


class Kin:
    """Knows who carries out a campaign, and who belongs to them."""

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements
        self.joined: dict[str, set[str]] = {}  # who acts in a campaign that others may lead

    def belongs(self, scene: Scene, whole: Act) -> bool:
        """Return whether who acts has a part in what an article tells of from end to end."""
        if self.is_ours(scene, whole):
            return True
        heads = self.statements.heads
        entity = whole.item.entity
        hosts = heads("organizes", entity) | heads("takes_part", entity)
        return any(item.type == "UNIT" and item.entity in hosts for item in scene.subjects)

    def is_ours(self, scene: Scene, act: Act) -> bool:
        """Return whether who acts belongs to those who carry out the campaign."""
        hosts = self.statements.heads("organizes", act.item.entity)
        hosts = hosts | self.joined.get(act.item.entity, set())
        parents = self.reading.parents
        above = {parents.get(host, "") for host in hosts} - {""}
        units = [item for item in scene.subjects if item.type == "UNIT"]
        if self._is_split(scene, act) and {item.entity for item in scene.subjects} <= hosts:
            return True
        brief = any("日至" in item.mention.text for item in act.times)
        if not brief and self.in_title(act):  # the article's own: its partners need not act again
            hosts = {host for host in hosts if host.startswith("unit-")}
        kin = len({parents.get(host, host) for host in hosts}) == 1
        if len(hosts) > 1 and len(units) == 1 and not kin:
            return False  # one of several partners acts by itself
        for unit in units:
            if parents.get(unit.entity, "") in above:
                return True
            one = unit.entity
            while one and one not in hosts:
                one = parents.get(one, "")
            if one:
                return True
        return False

    def in_title(self, act: Act) -> bool:
        """Return whether the title or the line under it names an act."""
        text, sentences = self.reading.text, self.reading.sentences
        head = takewhile(lambda one: not text.startswith("。", one.span.end - 1), sentences)
        return any(item.entity == act.item.entity for one in head for item in one.items)

    def _is_split(self, scene: Scene, act: Act) -> bool:
        """Return whether those who carry out an act have parted for it (执法人员分成三组)."""
        text, start = self.reading.text, act.item.mention.end
        return bool(pattern(_GROUPS).search(text, start, scene.sentence.span.start + 1))
