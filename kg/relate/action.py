"""Who carries out an activity, who joins in, and who works with whom."""

from collections.abc import Iterable
from typing import Final

from kg.language.text import Span
from kg.relate import roles
from kg.relate.claims import Claims, span_of
from kg.relate.frames import JOINED, Act
from kg.relate.reading import ACTORS, Item, Reading
from kg.relate.thread import Scene, is_step
from kg.relate.words import pattern

FROM_ACT: Final = ("held_at", "held_on", "targets")


class Actions:
    """Adds organizes, takes_part and cooperates_with, scene after scene."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.claims = claims
        self.organized: dict[str, bool] = {}  # act → somebody is named as its organizer
        self.vague: Act | None = None  # the last act, if its sentence names nobody

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for act in scene.frame.done():
            self._act(scene, act)
        for act in scene.frame.around():
            if not act.item.mention.nominal:
                self._inherit("organizes", scene, act)
        if scene.main is not None and scene.near:
            self._beside(scene, scene.main)
        self._cooperate(scene)

    def _act(self, scene: Scene, act: Act) -> None:
        frame = scene.frame
        directed = frame.of(roles.DIRECTED)
        sends = directed or pattern(r"组织[^，]*$").search(act.item.before)
        relation = "takes_part" if act.usage == JOINED and not sends else "organizes"
        hosts = frame.of(roles.HOST)
        if hosts:
            self._each("organizes", hosts, act, scene, "host")
            relation = "takes_part"
        partners = frame.of(roles.PARTNER)
        if scene.inherited and _is_contest(act):
            return
        if scene.inherited:
            self._inherit(relation, scene, act)
        else:
            self._each(relation, scene.subjects, act, scene, "subject")
        self._each("organizes", _bodies(partners), act, scene, "joint")
        others = [item for item in partners if item.type not in ACTORS]
        joining = [*others, *directed, *frame.of(roles.HELPER, roles.INVITED)]
        self._each("takes_part", joining, act, scene, "joining")
        if scene.inherited or not _bodies(frame.of(roles.SUBJECT)):
            self._each("takes_part", scene.officers, act, scene, "officer")
        if not scene.inherited:
            self.organized[act.item.entity] = True
        self.vague = act if scene.inherited else None

    def _inherit(self, relation: str, scene: Scene, act: Act) -> None:
        """Give an act that names nobody to whoever acts; a later one may still be named."""
        if act.item.entity in self.organized:
            return
        self.organized[act.item.entity] = not scene.inherited
        self._each(relation, scene.subjects, act, scene, "inherited")

    def _beside(self, scene: Scene, act: Act) -> None:
        """Add what a frame says of the activity named before it."""
        if any(not is_step(one) for one in scene.frame.done()) and not act.item.mention.nominal:
            return
        for item in scene.officers if scene.inherited else scene.subjects:
            self._follower(scene, item, act)
        partners = _bodies(scene.frame.of(roles.PARTNER))
        if partners and act is self.vague:
            self._each("organizes", [*scene.subjects, *partners], act, scene, "joint")
        self._each("takes_part", scene.frame.of(roles.HELPER), act, scene, "joining")

    def _follower(self, scene: Scene, item: Item, act: Act) -> None:
        """Add what a subject does in the activity named before it."""
        trail = (scene.officers if scene.inherited else scene.subjects)[-1].trail
        between = self.reading.text[act.item.mention.end : item.mention.start]
        close = scene.sentence.span.start <= act.item.mention.start and "；" not in between
        if close and pattern(r"^[^，]{0,4}<lead>(?!人)").match(trail):
            self._each("organizes", [item], act, scene, "leader")
        elif pattern(r"^[^，]{0,14}(?:<support>|<come>)").match(trail) or (
            close and pattern(r"^[^，]{0,6}<award>").match(trail)
        ):
            self._each("takes_part", [item], act, scene, "joining")
        elif close and self._is_part(item, act):
            self._each("takes_part", [item], act, scene, "division")

    def _is_part(self, item: Item, act: Act) -> bool:
        """Return whether a unit is a division of who organizes the activity."""
        parent = self.reading.parents.get(item.entity, "")
        return self.claims.has("organizes", parent, act.item.entity)

    def _cooperate(self, scene: Scene) -> None:
        partners = _bodies(scene.frame.of(roles.PARTNER))
        for one in _bodies(scene.subjects):
            for other in partners:
                ends = (one.entity, other.entity)
                passages = passages_of(scene, one, other)
                self.claims.add("cooperates_with", ends, passages, "action.joint")

    def _each(
        self, relation: str, items: Iterable[Item], act: Act, scene: Scene, rule: str
    ) -> None:
        for item in items:
            ends = (item.entity, act.item.entity)
            passages = passages_of(scene, item, act.item)
            self.claims.add(relation, ends, passages, f"action.{rule}")


def passages_of(scene: Scene, *items: Item) -> list[Span]:
    """Return the sentence of a scene and, of ``items``, those that stand outside it."""
    inside = scene.sentence.span
    spans = [span_of(item.mention) for item in items]
    return [inside, *(s for s in spans if not inside.start <= s.start < inside.end)]


def _is_contest(act: Act) -> bool:
    """Return whether an act is a competition that somebody else holds (大赛在X举行)."""
    passive = not act.item.lead and pattern(r"^(?:在|于|圆满|正式)").match(act.item.trail)
    return bool(passive and pattern(r"<contest>$").search(act.item.mention.text))


def _bodies(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.type in ACTORS]
