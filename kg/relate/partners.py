"""Who works with whom."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import Final

from kg.relate import roles
from kg.relate.act import Act
from kg.relate.reading import Item, Reading, bodies
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

_TOGETHER: Final = r"^(?:等[^，]{0,12})?(?:在[^，]{0,12})?<together>(?!参[与加])"
_SIGNING: Final = r"(?:<sign>了?[^，]{0,4}$|签约|签署|签订|会签)"


class Partners:
    """Adds cooperates_with, scene after scene."""

    def __init__(self, reading: Reading, statements: Statements) -> None:
        self.reading = reading
        self.statements = statements

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        frame = scene.frame
        several = len(scene.subjects) > 1 and not scene.inherited
        if not several and roles.PARTNER not in frame.cast and roles.HELPER not in frame.cast:
            return
        partners = bodies(frame.of(roles.PARTNER))
        subjects = (
            [] if not scene.inherited and scene.subjects == tuple(partners) else scene.subjects
        )
        named = bodies(frame.of(roles.SUBJECT))
        if named and partners and not any(item in subjects for item in named):
            subjects = tuple(named)  # 两地建立丙机制，由甲所与乙所结对
        couples = _couples(partners)
        for one, other in couples:
            self._pair(scene, one, other)
        paired = [item for couple in couples for item in couple]
        others = [item for item in partners if item not in paired]
        others += filter(_works_along, frame.of(roles.HELPER))
        for one, other in _met(bodies(subjects), others):
            if not self._owns_people(scene, other) and not by_people(other, self.reading):
                self._pair(scene, one, other)
        self._signatories(scene, partners)
        if several and self._joint_list(scene, partners):
            for one, other in combinations(scene.subjects, 2):
                if "UNIT" in (one.type, other.type) and not self._same_family(one, other):
                    self._pair(scene, one, other)

    def _signatories(self, scene: Scene, partners: Sequence[Item]) -> None:
        """Add the partners that sign with each other too (甲局与乙局、丙局举行签约仪式)."""
        units = [item for item in partners if item.type == "UNIT"]
        for one, other in combinations(units, 2) if len(units) > 1 and self._signs(scene) else ():
            if not self._same_family(one, other):
                self._pair(scene, one, other)

    @staticmethod
    def _owns_people(scene: Scene, item: Item) -> bool:
        """Return whether a body only says whose people they are (镇政府网格员)."""
        rest = [group for group in scene.sentence.groups if group.start == item.mention.end]
        return bool(rest) and rest[0].type == "GROUP"

    def _joint_list(self, scene: Scene, partners: Sequence[Item]) -> bool:
        """Return whether the subjects of a list act together (甲、乙、丙联合召开 · 签署)."""
        cast = scene.frame.of(roles.SUBJECT)
        named = [item in cast for item in scene.subjects]
        if any(named) != all(named) or not (all(named) or self._is_first(scene)):
            return False
        trail = self.reading.tail(scene.subjects[-1].mention.end) if all(named) else ""
        signed = self._signs(scene)
        joint = all(named) and any(_is_joint(act) for act in scene.frame.done)
        return signed or joint or bool(not partners and pattern(_TOGETHER).match(trail))

    @staticmethod
    def _signs(scene: Scene) -> bool:
        """Return whether something is signed, or the ceremony for it is held."""
        return any(pattern(_SIGNING).search(item.lead) for item in scene.frame.docs) or any(
            pattern(_SIGNING).search(act.item.mention.text) for act in scene.frame.done
        )

    def _is_first(self, scene: Scene) -> bool:
        """Return whether nothing yet said that those meant by a number (三家公安局) work together."""
        heads = [self.statements.heads("cooperates_with", one.entity) for one in scene.subjects]
        return not any(heads)

    def _same_family(self, one: Item, other: Item) -> bool:
        parents = self.reading.parents
        upper, lower = parents.get(one.entity, ""), parents.get(other.entity, "")
        return (upper == lower != "") or upper == other.entity or lower == one.entity

    def _pair(self, scene: Scene, one: Item, other: Item) -> None:
        parents = self.reading.parents
        if parents.get(other.entity) == one.entity or parents.get(one.entity) == other.entity:
            return  # 局长甲与乙派出所负责人签订责任书: its own division
        self.statements.add(scene, "cooperates_with", one, other, "action.joint")


def _is_joint(act: Act) -> bool:
    """Return whether the name of an act says that several hold it together (首次联合巡查)."""
    return "联合" in act.item.mention.text


def by_people(item: Item, reading: Reading) -> bool:
    """Return whether only people of a body are along (和镇政府干部一起)."""
    if not item.lead.endswith(("和", "与", "同", "跟")):
        return False
    text = reading.text[item.mention.end : item.mention.end + 24]
    return bool(pattern(r"^<people>[^。；]{0,12}一[起道同]").match(text))


def _met(subjects: Sequence[Item], partners: Sequence[Item]) -> Iterable[tuple[Item, Item]]:
    """Return who meets whom: all meet all, or one each (甲局、乙局分别与丙社、丁社签约)."""
    each = bool(partners) and pattern(r"分别(?:<joint>)$").search(partners[0].lead)
    if each and len(subjects) == len(partners):
        return zip(subjects, partners, strict=True)
    return product(subjects, partners)


def _couples(partners: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Return the later pairs of a list of pairs (甲所与乙所、丙所与丁所): 丙 and 丁."""
    if not partners or partners[0].before not in ("与", "同"):
        return []
    pairs = zip(partners[1::2], partners[2::2], strict=False)
    return [
        (one, other)
        for one, other in pairs
        if one.before == "、" and other.before == partners[0].before
    ]


def _works_along(item: Item) -> bool:
    """Return whether a helper works along (在X协作下), rather than only helps (在X配合下)."""
    return bool(pattern(r"(?:协作|协同|联动)下").search(item.trail))
