"""What is offered as a list: 提供|指路、寻物等服务, 提供指路、寻物等|便民服务."""

import re
from collections.abc import Iterator
from typing import Final

_SIGN: Final = r"[^，。；：！？\n“”《》]"
# A word between 等 and 服务 names the service by itself, so that the list only explains it.
_OFFERED: Final = re.compile(
    rf"提供了?(?:免费的?)?(?P<list>{_SIGN}{{2,24}}?等)(?:项|多项)?"
    rf"(?P<service>(?:(?:“{_SIGN}{{2,8}}”)?{_SIGN}{{0,4}})服务)(?=[，。；！\n0-9]|$)"
)
_PLAIN: Final = ("服务", "系列服务", "基础服务")


def offered(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each service that is offered as a list of two things or more."""
    if "提供" not in text:
        return
    for match in _OFFERED.finditer(text):
        if "、" in match["list"]:
            plain = match["service"] in _PLAIN
            yield match.start("list" if plain else "service"), match.end("service")
