"""How an article begins: dateline (陕坝讯, 本报讯, 新华社呼和浩特6月5日电) and who reports."""

import re
from typing import Final

from kg.gazetteer import gazetteer
from kg.language.imprint import credits_in, is_credit
from kg.language.naming import bare_score
from kg.language.words import known, tagged
from kg.model import Credit
from kg.split.vocabulary import terms

_DAY: Final = r"(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
_WHO: Final = r"(?:\s*（(?P<who>[^（）]{3,60})）)?"
_LEAD: Final = re.compile(
    rf"(?P<place>[㐀-鿿A-Za-z·]{{2,16}}?)(?:（[㐀-鿿A-Za-z]{{2,12}}[网报台]）)?\s*(?P<day>{_DAY})?\s*(?P<sign>讯|电){_WHO}(?P<blank>\s*)"
)
_REPORTER: Final = r"(?:本报|本网|本台|见习|实习|特约|全媒体|融媒体?)*(?:记者|通讯员|作者|实习生)"
_BARE: Final = re.compile(rf"(?:{_REPORTER}[\s　]?[㐀-鿿·]{{2,16}}[\s　、]*)+")
# An outlet that stands for the dateline: 某某网-某市融媒体中心（记者 甲）, 某某网 通讯员甲 报道.
_MEDIUM: Final = re.compile(
    rf"[㐀-鿿—·-]{{1,24}}?(?:网|报|台|社|中心|新闻|客户端|在线|融媒体?)\s*(?=（?{_REPORTER})"
)
_OPEN: Final = re.compile(r"（(?P<who>[^（）]{3,60})）")
_OWN: Final = re.compile(r"^(?:本报|本网|本台|本刊|本社)")
_BETWEEN: Final = re.compile(r"[\s　、]+")
_LOCAL: Final = re.compile(r"(?P<place>[一-鿿]{2,4})[ 　]+[^ 　。，；]{4,24}")
_SURE: Final = 1.0  # how likely each word must be a name
_TOWN: Final = 4  # characters of the longest place in a dateline that is not known
_PLACE: Final = 6  # characters of the longest place in a dateline


def dateline(text: str) -> str:
    """Return the dateline at the start of a folded paragraph with its sign (讯, 电), or nothing."""
    match = _match(text)
    return text[: match.end("sign")] if match else ""


def place_of(text: str) -> str:
    """Return the place of the dateline at the start of a folded paragraph, or nothing."""
    match = _match(text)
    if not match:
        return ""
    place = _OWN.sub("", re.sub(_DAY, "", match["place"]))
    if place.endswith(terms("layout.outlet")) or place.startswith(terms("layout.outlet_front")):
        return ""
    for outlet in terms("layout.outlet"):
        _, found, behind = place.rpartition(outlet)
        if found and len(behind) > 1:
            place = behind
            break
    town = _last_level(place)
    strange = (known(town) or len(place) > _TOWN) and not gazetteer().named(town)
    return "" if strange or len(place) > _PLACE else town  # 法治新报道, 零距离


def is_local(text: str) -> bool:
    """Return whether a headline begins with the place that it is from: 桃江 两小时找回失车."""
    match = _LOCAL.fullmatch(text)
    return match is not None and bool(gazetteer().named(match["place"]))


def _last_level(place: str) -> str:
    """Return the lower of two places that stand in one dateline: 山南隆子 is 隆子."""
    if gazetteer().is_name(place):
        return place
    cuts = (place[cut:] for cut in range(2, len(place) - 1) if gazetteer().is_name(place[:cut]))
    return next((low for low in cuts if gazetteer().is_name(low)), place)


def reporters(text: str) -> tuple[Credit, ...]:
    """Return the credits beside a dateline or in its place: 本报讯（记者 甲 通讯员 乙）."""
    match = _match(text)
    medium = None if match else _MEDIUM.match(text)
    at = match.end() if match else medium.end() if medium else 0
    opened = _OPEN.match(text, 0 if match else at)
    who = match["who"] if match else opened["who"] if opened else ""
    if who and is_credit(who, bare=match is not None or _is_sure(who)):
        return credits_in(who)
    bare = _BARE.match(text, at)
    return credits_in(bare[0]) if bare and is_credit(bare[0].strip()) else ()


def _is_sure(who: str) -> bool:
    """Return whether all words in brackets are names without a doubt: （孟海洋）自行动开展以来."""
    words = _BETWEEN.split(who)
    names = (not known(word) or tagged(word)[0][1].startswith("nr") for word in words)
    return all(names) and all(bare_score(word) > _SURE for word in words)


def _match(text: str) -> re.Match[str] | None:
    match = _LEAD.match(text)
    if not match or not text[match.end() :]:
        return None
    place, own = match["place"], _is_own(match["place"])
    if match["sign"] == "电" and not own and not _is_wired(match):
        return None
    if own or match["who"]:
        return match
    if place.endswith(terms("layout.no_dateline")):
        return match if gazetteer().named(place) else None  # 南通讯, but 据通讯
    return match if match["blank"] or len(place) <= _PLACE else None


def _is_wired(match: re.Match[str]) -> bool:
    """Return whether a place and a day stand before 电 without the name of an agency."""
    return bool(match["day"]) and gazetteer().is_name(_last_level(match["place"]))


def _is_own(place: str) -> bool:
    """Return whether a dateline names the paper, the site or the agency that reports."""
    return bool(_OWN.match(place)) or any(outlet in place for outlet in terms("layout.outlet"))
