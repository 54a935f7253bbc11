"""Whose bureau a chief leads who has an office of government too: 甲市副市长、公安局局长X."""

import re
from typing import Final

from kg.gazetteer import Region
from kg.resolve.context import Context

# Behind the name of the place: 委常委、政府副市长、
_OFFICE: Final = re.compile(
    r"(?<=(?P<level>[市县区旗州盟]))(?:委(?:常委|副书记)[、，])?(?:委?政法委副?书记[、，])?"
    r"(?:人民)?(?:政府)?(?:党组(?:副书记|成员)[、，])?(?:常务)?副?(?P=level)长(?:[、，兼暨]|兼任)\Z"
)
_WINDOW: Final = 32
_PLACE: Final = re.compile(r"[一-鿿]{3,11}\Z")
_SHORTEST: Final = 3


def place_of_office(context: Context, text: str, start: int) -> Region | None:
    """Return the region that somebody governs whose post at a bureau begins at ``start``."""
    if text[start - 1 : start] not in ("、", "，", "兼", "暨", "任"):
        return None
    office = _OFFICE.search(text, max(0, start - _WINDOW), start)
    if office is None:
        return None
    name = _PLACE.search(text, max(0, start - _WINDOW), office.start())
    longest = name[0] if name else ""
    forms = (longest[begin:] for begin in range(len(longest) - _SHORTEST + 1))
    return next((region for form in forms if (region := context.county(form))), None)
