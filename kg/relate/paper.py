"""Who signs or issues which document, and which documents an activity is about."""

from typing import Final

from kg.language.text import Span
from kg.relate import roles
from kg.relate.action import passages_of
from kg.relate.claims import Claims
from kg.relate.frames import Act
from kg.relate.reading import ACTORS, Item
from kg.relate.thread import Scene
from kg.relate.words import pattern

_SIGNED: Final = r"(?:<sign>|<issue>)(?:了|好|成|的是)?(?:[^，]{0,8})$"
_ABOUT: Final = r"<about>(?:了)?[^，]{0,8}$"


class Papers:
    """Adds signs and concerns, scene after scene."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for item in scene.frame.docs:
            if pattern(_SIGNED).search(item.lead):
                self._sign(scene, item)
            elif pattern(_ABOUT).search(item.lead) or pattern(r"^[把将]").match(item.lead):
                self._concern(scene, item)
        for item in scene.frame.methods:
            if pattern(r"(?:对|围绕|针对)[^，]{0,4}$").search(item.lead):
                self._concern(scene, item)
        for act in scene.frame.acts:
            self._inside(scene, act)

    def _sign(self, scene: Scene, item: Item) -> None:
        partners = [one for one in scene.frame.of(roles.PARTNER) if one.type in ACTORS]
        for one in (*scene.subjects, *partners):
            ends = (one.entity, item.entity)
            self.claims.add("signs", ends, passages_of(scene, one, item), "paper.signed")

    def _concern(self, scene: Scene, item: Item) -> None:
        act = scene.whole[0] if scene.whole else scene.main
        if act is not None:
            ends = (act.item.entity, item.entity)
            self.claims.add("concerns", ends, passages_of(scene, act.item, item), "paper.about")

    def _inside(self, scene: Scene, act: Act) -> None:
        """Add the document that the name of an activity holds; at a signing, it is signed."""
        outer = act.item.mention
        for inner in scene.sentence.inner:
            if inner.type not in ("DOC", "METHOD") or not outer.start <= inner.start < outer.end:
                continue
            passages = [*passages_of(scene, act.item), Span(inner.start, inner.end)]
            ends = (act.item.entity, inner.entity)
            self.claims.add("concerns", ends, passages, "paper.inside")
            if pattern(r"(?:签约|签署|签订|签字|会签)").search(outer.text) and not scene.inherited:
                for one in (*scene.subjects, *scene.frame.of(roles.PARTNER)):
                    if one.type in ACTORS:
                        pair = (one.entity, inner.entity)
                        self.claims.add("signs", pair, passages, "paper.ceremony")
