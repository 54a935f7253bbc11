"""What a bare head points back to: 该局, 分局, 大队, 所里."""

from typing import Final

from kg.language.units import UnitName
from kg.resolve.hosts import is_agency
from kg.resolve.tree import Key, Tree, Unit

_AGENCIES: Final = ("局", "公安局", "厅", "公安厅", "公安处", "处", "分局", "公安分局", "公安总局")


def antecedent(tree: Tree, name: UnitName) -> Key | None:
    """Return the unit that ``name`` points to: the nearest before it, else the first after it."""
    last = name.segments[-1]
    head = last.head or last.stem
    for key in tree.nearest(name.start):
        for unit in tree.line(key):
            if _fits(unit, head, last.kind):
                return unit.key
    return None


def _fits(unit: Unit, head: str, kind: str) -> bool:
    if head in _AGENCIES or kind in ("agency", "branch", "short"):
        return _is_organ(unit) and is_agency(unit, head, kind)
    if unit.level == "association":
        return False
    if head == "站":
        return unit.level == "border" or unit.tail.endswith("站")
    if head == "队":
        return unit.tail.endswith("队")
    return unit.tail.endswith(head)


def _is_organ(unit: Unit) -> bool:
    return unit.is_host or unit.level in ("bureau", "office", "subbureau", "department")
