"""Which places hold where a sentence names none."""

from collections.abc import Sequence
from typing import Final

from kg.relate import roles
from kg.relate.frame import Frame
from kg.relate.reading import COUNT, Item, Reading
from kg.relate.words import pattern

# 某校的80名学生: where they come from, not where they are
_ABOUT: Final = rf"^<spot>?的(?!{COUNT}|<group.head>)|^<spot>[^，]|^[^，]{{0,4}}<busy>"
_BOUND_FOR: Final = ("开往", "驶往", "去往", "飞往", "发往")  # 开往X站方向的列车 is not there


class Spots:
    """Keeps the places that no activity has used yet, who is there, and the place named last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.places: list[Item] = []
        self.last: list[Item] = []
        self.visiting: set[str] = set()  # who was said to be there

    def leave(self, frame: Frame, subjects: Sequence[Item], *, inherited: bool) -> None:
        """Let go of the places if others act than those who were there."""
        if self.places and self._is_elsewhere(frame, subjects, inherited=inherited):
            self.places = []

    def topics(self, frame: Frame, *, headline: bool) -> list[Item]:
        """Return the places that open a sentence, a road before its stretch included."""
        found = [item for item in frame.places if self._is_topic(item, headline=headline)]
        starts = {item.mention.start for item in found}
        return [item for item in frame.places if item in found or item.mention.end in starts]

    def keep(self, frame: Frame, topics: Sequence[Item]) -> None:
        """Remember a place that no activity has used yet."""
        venues = [] if frame.visitors else frame.venues  # where others went
        if frame.venues or frame.places:
            sites = [
                i for i in (*frame.venues, *frame.places) if self._is_site(i) or i.type == "UNIT"
            ]
            self.last = sites or self.last
        if frame.done:
            self.places = []
        elif venues or topics:
            named = [*(item for item in venues if item.type != "UNIT"), *topics]
            self.places = named or self.places
            cast = frame.of(roles.SUBJECT)
            self.visiting = set() if topics else {item.entity for item in cast}

    def _is_elsewhere(self, frame: Frame, subjects: Sequence[Item], *, inherited: bool) -> bool:
        """Return whether others act than those of whom the last place was told (甲在X设卡；乙巡逻)."""
        if inherited or not frame.done or not self.visiting:
            return False
        parents = self.reading.parents
        acting = {item.entity for item in subjects if item.type == "UNIT"}
        kin = acting | {parents.get(one, "") for one in acting}
        kin |= {one for one in self.visiting if parents.get(one, "") in acting}
        return bool(acting) and self.visiting.isdisjoint(kin)

    def _is_site(self, item: Item) -> bool:
        """Return whether a place is no region, so that one can be there."""
        if item.type != "LOC" or item.lead.endswith(_BOUND_FOR):
            return False
        return "code" not in self.reading.entities[item.entity].attributes

    def _is_topic(self, item: Item, *, headline: bool) -> bool:
        """Return whether a place opens a sentence as what it is about, or is a headline."""
        opens = not item.lead and not item.before.strip(" ▲，")
        about = opens and pattern(_ABOUT).match(item.trail)
        crowded = not item.lead and pattern(r"^[^，]{1,2}如[^，]{1,2}$").match(item.trail)
        return self._is_site(item) and (headline or bool(about or crowded))
