"""Who signs or issues which document, and which documents an activity is about."""

from typing import Final

from kg.relate import roles
from kg.relate.act import Act
from kg.relate.reading import ACTORS, Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

_SIGNED: Final = r"(?:<sign>|<issue>)(?:了|好|成|的是)?(?:[^，]{0,8})$"
# 对…制度落实情况开展检查: the method is looked into, not practised.
OBJECT_OF: Final = r"(?:对|围绕|针对)[^，]{0,10}$"
_ABOUT: Final = r"<about>(?:了)?[^，]{0,8}$"
# 结合《条例》讲 · 从《条例》讲到 · 在《协议书》上按了手印: words before and behind
_TOLD_OF: Final = (
    (r"结合$", r"^(?![^，]{0,6}<order>)"),
    (r"以$", r"^为(?:依据|教材|蓝本|主要内容)"),
    (r"从$", r"^[^，]{0,4}[讲说谈]"),
    (r"在$", r"^上[^，]{0,4}(?:[签按摁捺]|画押)"),
)


class Papers:
    """Adds signs and concerns, scene after scene."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for item in scene.frame.docs:
            if pattern(_SIGNED).search(item.lead):
                self._sign(scene, item)
                if self._meets(scene):
                    self._concern(scene, item)
            elif is_about(item):
                self._concern(scene, item)
        for item in scene.frame.methods:
            if pattern(OBJECT_OF).search(item.lead):
                self._concern(scene, item)
        if scene.sentence.inner:
            for act in scene.frame.acts:
                self._inside(scene, act)

    @staticmethod
    def _meets(scene: Scene) -> bool:
        """Return whether a paper is signed at a meeting or ceremony."""
        act = scene.whole[0] if scene.whole else (scene.main if scene.near else None)
        return act is not None and bool(pattern(r"(?:会|会议|仪式)$").search(act.item.mention.text))

    def _sign(self, scene: Scene, item: Item) -> None:
        partners = [one for one in scene.frame.of(roles.PARTNER) if one.type in ACTORS]
        for one in (*scene.subjects, *partners):
            self.statements.add(scene, "signs", one, item, "paper.signed")

    def _concern(self, scene: Scene, item: Item) -> None:
        act = scene.whole[0] if scene.whole else scene.main
        if act is not None:
            self.statements.add(scene, "concerns", act.item, item, "paper.about")

    def _inside(self, scene: Scene, act: Act) -> None:
        """Add the document that the name of an activity holds; at a signing, it is signed."""
        outer = act.item.mention
        for inner in scene.sentence.inner:
            if inner.type not in ("DOC", "METHOD") or not outer.start <= inner.start < outer.end:
                continue
            self.statements.add_mentions(scene, "concerns", outer, inner, "paper.inside")
            if pattern(r"(?:签约|签署|签订|签字|会签)").search(outer.text) and not scene.inherited:
                for one in (*scene.subjects, *scene.frame.of(roles.PARTNER)):
                    if one.type in ACTORS:
                        self.statements.add_mentions(
                            scene, "signs", one.mention, inner, "paper.ceremony"
                        )


def is_about(item: Item) -> bool:
    """Return whether the words around a paper say that an act is about it."""
    if pattern(_ABOUT).search(item.lead) or pattern(r"^[还又并]?[把将]").match(item.lead):
        return True
    return any(
        pattern(before).search(item.lead) and pattern(behind).match(item.trail)
        for before, behind in _TOLD_OF
    )
