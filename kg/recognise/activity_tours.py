"""Leaders who come to see how work is done, and what work: 到某所|调研基层警务工作, 带队|督导节日安保工作."""

import re
from collections.abc import Iterator
from typing import Final

_SIGN: Final = r"[^，。；：！？\n“”、]"
_COMING: Final = re.compile(
    rf"(?:带队|前来|实地|现场|专题|(?:[到赴在入往至]|深入|走进){_SIGN}{{2,24}}|率[^，]{{0,12}}(?:代表|委员|一行))\Z"
)
_REACH: Final = 30
_TOUR: Final = re.compile(
    r"(?:督导(?!检查)|(?:调研|视察)(?:指导)?)(?:[^，。；：！？\n“”、的]{2,14}|[^，。；：！？\n“”的]{0,14}“[^，。；：！？\n“”的]{2,12}”)"
    r"工作(?=[，。；\n]|$)"
)


def tours(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each visit whose object is named."""
    for match in _TOUR.finditer(text):
        if _COMING.search(text, max(0, match.start() - _REACH), match.start()):
            kind = "inspection" if match[0].startswith("督导") else "visit"
            yield *match.span(), kind
