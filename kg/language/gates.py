"""Gates and towers of an old town, named right behind it: 平遥古城|永康门外."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.place_name import PlaceName
from kg.language.words import known

_TOWNS: Final = ("古城", "古镇", "老城", "城墙")
_GATE: Final = re.compile(
    r"(?P<name>(?![东西南北大城各]门)[一-鿿]{2,3}?[门楼])(?=[外内前上下口旁、，。）\n]|广场|段|城楼|附近|一带)"
)


def gates(text: str, sites: Sequence[PlaceName]) -> Iterator[PlaceName]:
    """Yield the gates that stand right behind an old town among the ``sites``."""
    for site in sites:
        gate = _GATE.match(text, site.end) if text.endswith(_TOWNS, 0, site.end) else None
        if gate is not None and not known(gate["name"]):
            yield PlaceName(*gate.span("name"), "scenic", "gate", sure=False)
