"""Who practises which way of working."""

from kg.relate import roles
from kg.relate.paper import OBJECT_OF
from kg.relate.reading import Item
from kg.relate.scene import Scene
from kg.relate.statement import Statements
from kg.relate.words import pattern


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
        tool = pattern(r"(?:[采运利]用|采取|用好)[^，]{0,6}$").search(item.lead)
        if tool or pattern(r"[摊岗座点室站亭台角吧屋]”?$").search(item.mention.text):
            return users  # 会同乙所，运用“丙”模式 · 会同乙站设立“丙”摊
        return [*users, *(i for i in scene.frame.of(roles.PARTNER) if i.mention.start < start)]

    def relate(self, scene: Scene) -> None:
        """Add what one scene says."""
        for item in scene.frame.methods:
            known = self.statements.heads("uses_method", item.entity)
            if (known and scene.inherited) or pattern(OBJECT_OF).search(item.lead):
                continue
            for unit in self._users(scene, item):
                if unit.type == "UNIT":
                    self.statements.add(scene, "uses_method", unit, item, "method.subject")
