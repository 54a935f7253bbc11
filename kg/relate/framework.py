"""Which activity is a part of which."""

from typing import Final

from kg.relate.action import passages_of
from kg.relate.claims import Claims
from kg.relate.frames import Act
from kg.relate.thread import Scene
from kg.relate.words import pattern

_AFTER: Final = r"^(?:一?结束|后|之后|举行后)"


class Frameworks:
    """Adds part_of, scene after scene."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.campaign: Act | None = None
        self.paragraph = 0

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        around = [act for act in scene.frame.around() if not pattern(_AFTER).match(act.item.trail)]
        for act in scene.frame.done():
            for outer in around:
                self._part(scene, act, outer, "framework.inside")
            self._campaign(scene, act)

    def _campaign(self, scene: Scene, act: Act) -> None:
        """Add that an act belongs to the campaign announced before it."""
        text = act.item.mention.text
        if self.campaign is None and pattern(r"<campaign>$").search(text):
            self.campaign = act
            self.paragraph = scene.sentence.paragraph
            return
        near = scene.sentence.paragraph - self.paragraph <= 2
        if self.campaign is not None and near and not pattern(r"<occasion>").search(text):
            self._part(scene, act, self.campaign, "framework.campaign")

    def _part(self, scene: Scene, act: Act, outer: Act, rule: str) -> None:
        ends = (act.item.entity, outer.item.entity)
        self.claims.add("part_of", ends, passages_of(scene, act.item, outer.item), rule)
