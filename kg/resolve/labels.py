"""One label for the wordings of one division: 交通管理大队, 交警大队 and 交管大队 are the same."""

import functools
import re
from typing import Final

from kg.language.alternation import alternation
from kg.language.lexicon import lexicon
from kg.language.units import Segment

TOWN_ENDINGS: Final = ("苏木", "街道", "镇", "乡")
_ORDINAL: Final = re.compile(r"第(?=[一二三四五六七八九十\d])")
JOINT: Final = re.compile(r"[和与及、“]")  # what parts a label that a shorter one may mean
_JOINED: Final = re.compile(r"[和与及、]$")
# 巴彦高勒镇派出所 = 巴彦高勒派出所: the ending of a town is left out at will.
TOWN_ENDING: Final = re.compile(r"(?<=[一-鿿]{2})(?:街道办事处|街道|民族乡|苏木|镇|乡)$")
QUOTE: Final = re.compile(r"[“《](?P<inner>[^“”《》]+)[”》]")
_SIGNS: Final = re.compile(r"[“”《》‘’\s]")
_ZONES: Final = (
    (re.compile(r"高新(?:技术)?(?:产业)?(?:开发)?区?"), "高新"),
    (re.compile(r"经济(?:技术)?开发区?|经开区?"), "经开"),
)
# What marks a branch's name as that of a zone, not of a district: 高新, 江北新区, 风景名胜区.
ZONE_SIGN: Final = re.compile(
    r"(?:开发|新|园|保护|度假|风景|名胜|示范|保税|自贸|试验|实验|景|港|库|矿|林|合作|集聚|物流)区\Z"
    r"|新城\Z|高新|经开|经济技术"
)


@functools.lru_cache(maxsize=65536)
def label(text: str) -> str:
    """Return ``text`` with one wording for each function and number."""
    pattern, table = _synonyms()
    bare = _ORDINAL.sub("", text) if "第" in text else text
    return pattern.sub(lambda match: table[match[0]], bare)


def segment_label(segment: Segment) -> str:
    """Return the label of one step of a unit name, its regions included."""
    before = "".join(segment.regions)
    if segment.kind == "station":
        return station_label(before, segment.stem, segment.head)
    return label(before + segment.stem + segment.head)


@functools.lru_cache(maxsize=65536)
def station_label(before: str, stem: str, head: str) -> str:
    """Return the label of a station by its regions, its stem and its head."""
    bare = TOWN_ENDING.sub("", stem.removesuffix("边境管理"))
    head = "派出所" if head == "所" else head  # 兴和西所
    return label(before + bare + ("边境" if stem.endswith("边境管理") else "") + head)


def same_label(long: str, short: str) -> bool:
    """Return whether two labels mean one unit: equal, or one function of a joined name.

    A team with a name in quotes (“马背”巡逻队) is also called without it.
    """
    if long == short:
        return True
    if len(short) > len(long):
        long, short = short, long
    long = long.removesuffix("”")  # 护牧队 of “雪域护牧队”
    if not short or not long.endswith(short):
        return False
    before = long.removesuffix(short)
    return before.startswith("“") or bool(_JOINED.search(before))


def zone_label(stem: str) -> str:
    """Return what tells a development zone's branch from others: 高新技术产业开发区 = 高新区."""
    for pattern, short in _ZONES:
        if found := pattern.search(stem):
            before = stem[: found.start()]
            return (before if before.endswith(("稀土", "东湖")) else "") + short
    return stem


def same_zone(one: str, two: str) -> bool:
    """Return whether one label leaves out the beginning of the other: 机场 for 国际机场."""
    return one.endswith(two) or two.endswith(one)


@functools.cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    table = lexicon().terms("unit.synonym")
    return re.compile(alternation(table)), table


def plain(form: str) -> str:
    """Return a wording without quotes, book marks and blanks."""
    return form if form.isalnum() else _unsigned(form)  # most have no signs at all


@functools.lru_cache(maxsize=65536)
def _unsigned(form: str) -> str:
    return _SIGNS.sub("", form)


def quoted(form: str) -> str:
    """Return what stands in the last quotes or book marks of a wording."""
    if "”" not in form and "》" not in form:
        return ""
    inner = [match["inner"] for match in QUOTE.finditer(form)]
    return plain(inner[-1]) if inner else ""
