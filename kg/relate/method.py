"""Who practises which way of working."""

from typing import Final

from kg.relate import roles
from kg.relate.paper import OBJECT_OF
from kg.relate.reading import Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern

# What is used, learnt or praised is not set up in common: 会同乙所，运用“丙”模式
_NOT_SHARED: Final = r"(?:[采运利]用|采取|用好|坚持|介绍|学习|借鉴|交流|推介)了?[^，]{0,6}$"
_POST: Final = r"[摊岗座点室站亭台角吧屋]”?$"

_LEFT_BEHIND: Final = (
    r"(?:改变|转变|摒弃|告别|打破|取代|替代|跳出|一改|不再)(?:了|过去|以往|传统|原有|单一|的)*$"
)


class Methods:
    """Adds uses_method, scene after scene."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements

    def _users(self, scene: Scene, item: Item) -> list[Item]:
        """Return who practises a method: its owner, who sets it up, or who tries it out."""
        start = item.mention.start
        start -= item.lead == "的"  # 某局|的|“甲”工作法
        groups = [group for group in scene.sentence.groups if group.end == start]
        if groups and groups[0].type == "UNIT":
            return list(groups[0].items[-1:])
        if pattern(r"(?:试点|试行)[^，]{0,4}$").search(item.lead) and scene.frame.venues:
            return [*scene.subjects, *scene.frame.venues]
        if pattern(r"<set_up>[^，]{0,6}$").search(item.lead):
            return [*scene.subjects, *scene.frame.of(roles.PARTNER)]
        users = self.statements.hosts(scene, item) or list(scene.subjects)
        return [*users, *_partners(scene, item)]

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for item in scene.frame.methods:
            known = self.statements.heads("uses_method", item.entity)
            if (known and scene.inherited) or pattern(OBJECT_OF).search(item.lead):
                continue
            if pattern(_LEFT_BEHIND).search(item.lead):
                continue
            for unit in self._users(scene, item):
                if unit.type == "UNIT":
                    self.statements.add(scene, "uses_method", unit, item, "method.subject")


def _partners(scene: Scene, item: Item) -> list[Item]:
    """Return those with whom a method is practised: 与乙所推行“丙”机制, not 会同乙站设立“丙”摊."""
    own = pattern(_NOT_SHARED).search(item.lead) or pattern(_POST).search(item.mention.text)
    start = item.mention.start
    return [
        partner
        for partner in (() if own else scene.frame.of(roles.PARTNER))
        if partner.mention.start < start
        and not any(partner.mention.end <= i.mention.start < start for i in scene.subjects)
    ]
