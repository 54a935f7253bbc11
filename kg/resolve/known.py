"""Which unit of those already read a name without a root means: 刑侦大队, 南伞派出所, told of before."""

from collections.abc import Sequence
from typing import Final

from kg.language.units import Segment, UnitName
from kg.resolve.hosts import Hosts
from kg.resolve.labels import same_label, segment_label, station_label
from kg.resolve.protagonist import host_of
from kg.resolve.regions import names
from kg.resolve.tree import BORDER, ORGAN, PART, Key, Unit

# Between the name of a station and its head.
_LINES: Final = ("边境", "海防", "海岸", "边防", "车站", "水上")
# In how many sentences after it a guest's 刑侦大队 may be called so without its bureau.
_NEAR: Final = 3


class Known:
    """Looks for a name among the units of one article."""

    def __init__(self, hosts: Hosts) -> None:
        self.hosts = hosts
        self.tree = hosts.tree
        # A label has the words of the text: what that lacks, no label ends with.
        self._lines = [line for line in _LINES if line in hosts.text]

    def unit(self, segments: Sequence[Segment], name: UnitName) -> Key | None:
        """Return the unit already read whose name ends as these segments do."""
        tails = tuple([segment_label(segment) for segment in segments])
        hits = [key for key in self.tree.labelled(tails[-1]) if self._ends(self.tree[key], tails)]
        hits = hits or self._lined(segments) or self._regional(segments) or self._house(segments)
        organ = self.hosts.focus() if hits else None
        actor = self.hosts.acting(segments[0], name) if hits and segments[0].function else None
        # 乙局邀请代表走进交警大队: its own, though 甲局交警大队 came before
        if actor is not None and self.tree[actor].kind == ORGAN:
            hits = [key for key in hits if host_of(self.tree, key) in (actor, organ)]
        hits = [key for key in hits if self._is_near(key, organ, name)]
        if len(hits) < 2:
            return hits[0] if hits else None
        linked = self.hosts.linked(name)
        for key in hits:
            if linked is not None and self.tree[key].parent in (linked, self.tree[linked].parent):
                return key
        for key in hits:
            if organ is not None and key[: len(organ)] == organ:
                return key
        return next((key for key in self.tree.nearest(name.start) if key in hits), hits[0])

    def _lined(self, segments: Sequence[Segment]) -> list[Key]:
        """Return the border and coast stations that leave out their line: 南伞派出所."""
        last = segments[-1]
        if not self._lines or last.kind != "station" or last.function or len(segments) > 1:
            return []
        before = "".join(last.regions)
        tails = [station_label(before, last.stem + line, last.head) for line in self._lines]
        return [key for tail in tails for key in self.tree.labelled(tail)]

    def _regional(self, segments: Sequence[Segment]) -> list[Key]:
        """Return the station of a region's police that leaves out 公安局: 松滋|水上派出所."""
        last = segments[-1]
        if last.kind != "station" or len(segments) > 1:
            return []
        found = []
        for key, unit in self.tree.units.items():
            region = unit.region if unit.kind == ORGAN else None
            forms = names(self.tree.context.gazetteer, region.code) if region else ()
            for form in forms if last.stem.startswith(forms) else ():
                if last.stem.startswith(form):
                    tail = station_label("", last.stem.removeprefix(form), last.head)
                    found += [child.key for child in self.tree.children(key, tail)]
        return found

    def _house(self, segments: Sequence[Segment]) -> list[Key]:
        """Return the detention or treatment centre that is named by its bare head: 走进戒毒所."""
        last = segments[-1]
        if len(segments) > 1 or last.kind != "facility" or last.stem or last.regions:
            return []
        houses = (key for key, unit in self.tree.units.items() if unit.tail.endswith(last.head))
        return list(houses)

    def _is_near(self, key: Key, organ: Key | None, name: UnitName) -> bool:
        """Return whether a bare name can mean a unit: a guest's division only right after it."""
        host = next((unit for unit in self.tree.line(key) if unit.is_host), None)
        if (
            self.tree[key].level == "station"  # a station's name is its own
            or host is None
            or organ is None
            or host.key == organ
            or self.tree[organ].parent == host.key
        ):
            return True
        return any(
            0 <= self.hosts.memory.distance(place, name.start) <= _NEAR
            for place in self.tree[key].places
        )

    def _ends(self, unit: Unit, tails: tuple[str, ...]) -> bool:
        at: Unit | None = unit
        for tail in reversed(tails):
            rootless = at is not None and at.parent is None and at.level == "station"
            if at is None or not (rootless or at.kind in (PART, BORDER)):
                return False
            if not same_label(at.key[-1], tail):
                return False
            at = self.tree[at.parent] if at.parent else None
        return True
