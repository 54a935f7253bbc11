"""A story that begins in the middle: who, where and for whom before the activity has a name."""

from typing import Final

from kg.relate.act import Act, is_lesson
from kg.relate.paper import is_about
from kg.relate.reading import Item
from kg.relate.roles import HELPERS, PARTNER
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

# 这是甲所举办的… · 一堂“…”课: what was told becomes an activity. 在一次走访中发现: it is another.
_NAMES_IT: Final = r"(?:这|(?<!在)一[堂场次节]|正是)[^。；]{0,40}$"
# 某村的老榕树下 · 某镇的年集上 · 某镇圩场一早就热闹
_THERE: Final = r"^的?[^，]{0,4}?(?:<spot>|[集圩墟场])"
_SAME_DAY: Final = ("当天", "当日", "这天", "这一天")
_FARTHEST: Final = 3  # paragraphs
_IN_CREDITS: Final = r"^(?:[^（）]{0,12}(?:文|图|摄|供稿))?\s*）"
_CREDIT: Final = r"(?:记者|通讯员|作者|摄影|编辑|实习生|见习生)[：\s]*$"


class Openings:
    """Adds held_at, targets, concerns, takes_part and organizes for the activity that an opening shows."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.title: set[str] = set()  # acts that the title names
        self.venues: list[Item] = []
        self.audience: list[Item] = []
        self.officers: list[Item] = []
        self.papers: list[Item] = []
        self.partners: list[Item] = []  # people that are there with the police
        self.subjects: list[Item] = []
        self.paragraph = -1
        self.over = False

    def relate(self, scene: Scene) -> None:
        """Add what the sentences before the first activity say, when it is named."""
        if self.over:
            return
        in_title = scene.sentence.span.start < self.statements.reading.scan.title_end
        acts = [act for act in scene.frame.acts if not act.item.mention.nominal]
        if in_title:
            self.title |= {act.item.entity for act in acts}
        elif acts:
            self.over = True
            if scene.sentence.paragraph - self.paragraph <= _FARTHEST and self._names(
                scene, acts[0]
            ):
                self._add(scene, acts[0])
        else:
            self._collect(scene)

    def _names(self, scene: Scene, act: Act) -> bool:
        item = act.item
        told = item.entity in self.title and is_lesson(act)
        start = item.mention.start
        before = self.statements.reading.text[max(0, start - 60) : start]
        day = self.statements.reading.text.startswith(_SAME_DAY, scene.sentence.span.start)
        return told or day or bool(pattern(_NAMES_IT).search(before))

    def _collect(self, scene: Scene) -> None:
        frame = scene.frame
        self.paragraph = scene.sentence.paragraph if self.paragraph < 0 else self.paragraph
        self.venues += [item for item in frame.venues if item.type != "UNIT"]
        self.venues += [item for item in frame.places if pattern(_THERE).match(item.trail)]
        shown = [item for group in frame.visitors for item in group.items] + frame.people
        self.audience += [item for item in shown if item.type == "GROUP"]
        self.officers += [item for item in scene.officers if not _is_credit(item)]
        self.papers += filter(is_about, frame.docs)
        self.partners += [item for item in frame.of(PARTNER) if item.type == "GROUP"]
        if not scene.inherited:
            self.subjects = list(scene.subjects)

    def _is_anothers(self, heads: set[str]) -> bool:
        """Return whether an act is that of somebody else than those who opened the story."""
        parents = self.statements.reading.parents
        own = {item.entity for item in self.subjects}
        own |= {parents.get(one, "") for one in own} - {""}
        return bool(own) and not any({head, parents.get(head)} & own for head in heads)

    def _add(self, scene: Scene, act: Act) -> None:
        heads = self.statements.heads("organizes", act.item.entity)
        if heads and self._is_anothers(heads):
            return
        if not heads:
            for item in self.subjects:
                self.statements.add(scene, "organizes", item, act.item, "opening.subject")
        for item in [] if act.venues else self.venues:
            self.statements.add(scene, "held_at", act.item, item, "opening.venue")
        for item in (*self.officers, *self.partners):
            self.statements.add(scene, "takes_part", item, act.item, "opening.officer")
        for item in self.papers:
            self.statements.add(scene, "concerns", act.item, item, "opening.paper")
        for item in self.audience:
            helps = pattern(HELPERS).search(item.mention.text)
            ends = (item, act.item) if helps else (act.item, item)
            relation = "takes_part" if helps else "targets"
            self.statements.add(scene, relation, *ends, "opening.audience")


def _is_credit(item: Item) -> bool:
    """Return whether a person is only named as an author, alone or in brackets."""
    return bool(pattern(_CREDIT).search(item.before) or pattern(_IN_CREDITS).match(item.after))
