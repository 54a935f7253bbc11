"""Houses called 中心, as bodies and offices are too: 走进|重庆环球金融中心, 在|稻香水乡文旅中心.

One goes to a house, and the words that tell so bound its name on the left.
"""

import functools
import re
from collections.abc import Iterator
from typing import Final

from kg.language.lexicon import Mark, any_of
from kg.language.names_left import is_namelike
from kg.language.place_name import PlaceName
from kg.language.regions import Places
from kg.language.site_stems import stems
from kg.language.tokens import Tokens

_CENTRE: Final = "中心"
_OTHER: Final = re.compile("[街广校小幼城区镇村卫市站点港]|学校|渔港")  # 中心|街, 中心|小学
# What no name holds: 在|武隆喀斯特旅游区各|换乘中心, 石油大街一家|洗浴中心.
_NO_NAME: Final = "[在到至于各某]|[一两几][家处个]"
# 没有安装|国家反诈中心 is a program on telephones
_JOINING: Final = re.compile("[的了和与等以]|没有|安装|下载|国家反诈$|[街道路]$")


def centres(
    text: str, tokens: Tokens, places: Places, marked: dict[str, list[Mark]]
) -> Iterator[PlaceName]:
    """Yield the houses of a folded text that end in 中心 and that somebody goes to."""
    if _CENTRE not in text:
        return
    bodies = {mark.end for mark in marked.get("org.head", ()) if mark.end - mark.start > 2}
    for match in _led().finditer(text):
        start, end = match.span("name")
        stem = text[start : end - len(_CENTRE)]
        other = end in bodies or _OTHER.match(text, end) or _JOINING.search(stem)
        if other or not tokens.is_edge(match.start()) or stems().is_generic(stem):
            continue
        ends = (places.ending_at(at, start) for at in range(start + 2, end))
        region = any(found is not None and found[0] == start for found in ends)
        if region or is_namelike(tokens, start, end - len(_CENTRE)):
            yield PlaceName(start, end, "facility", "site.centre")


@functools.cache
def _led() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of('name.toward')})(?P<name>(?:(?!{_NO_NAME})[一-鿿·]){{2,14}}?{_CENTRE})"
    )
