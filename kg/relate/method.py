"""Who practises which way of working."""

from kg.relate import roles
from kg.relate.action import passages_of
from kg.relate.claims import Claims
from kg.relate.thread import Scene


class Methods:
    """Adds uses_method, scene after scene."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        partners = [] if scene.whole else scene.frame.of(roles.PARTNER)
        for item in scene.frame.methods:
            for unit in (*scene.subjects, *partners):
                if unit.type == "UNIT":
                    ends = (unit.entity, item.entity)
                    passages = passages_of(scene, unit, item)
                    self.claims.add("uses_method", ends, passages, "method.subject")
