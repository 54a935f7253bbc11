"""Names of regions that are verbs or joints as well: 会同|县教育局, 抵达|县公安局, 三天|全县."""

import re
from typing import Final

from kg.gazetteer import Found
from kg.language.tokens import tag_of
from kg.language.words import known

# 会同 and 联合 begin names and are verbs, and the verb is far more frequent: names only behind these.
_VERB_COUNTIES: Final = re.compile(r"(?:湖南|[省市县区旗州盟在到赴往于进])$")
# 会同县 is a county and no joint act where no body stands before it in its sentence that could act
# jointly, or where the text says elsewhere that it comes from there.
_HUITONG: Final = "会同县"
_ACTOR: Final = re.compile(
    r"[局队所院府委部科室站办处厅司校警法企联组]|会(?!同)|中心|街道|社区|机关|单位|公司|[他她]们?"
)
_OTHER_POLICE: Final = re.compile(r"(?<!会同)[县市区旗]公安(?:分?局)")
_HUITONG_POLICE: Final = re.compile(
    r"(?:^|\n)[【（]?会同|会同县?(?:公安|警方)|(?:怀化市?|湖南省?)会同"
)
_SENTENCE: Final = "。！？；\n"
_ALSO: Final = tuple("又还并再也则")
_HUITONG_HOME: Final = re.compile(r"(?:^|\n)[【（]?会同讯|(?:怀化市?|湖南省?)会同")
# 现任|县公安局局长, 跟随|县局民警, 两道|县界: what stands before tells the verb from the county.
# … 三天|全县: or the number from it.
_VERBS: Final = {
    "任县": "现担曾历兼时升调",
    "随县": "跟伴紧尾",
    "道县": "一二两三四五六几多每",
    "天全县": "一二两三四五六七八九十几多数每今昨当连0123456789",
    "天全": "一二两三四五六七八九十几多数每今昨当连0123456789",
}
# 沿河|牧民, 临江|住户: along a river.
_ALONG: Final = ("沿河", "临江")
_ALONG_IT: Final = re.compile(
    r"[0-9一二三四五六七八九十两各]|[一-鿿]{0,2}(?:民|户|群众|两岸|步道|公路|地带|区域|点位|乡镇|村屯|村庄)|段|巡|排查|村(?!镇)"
)
_WATER: Final = re.compile(
    r"[江河冰水]面|水[位域势质]|全线(?:开[江河]|封[江河冻])|主航道|流域|沿岸|[两南北东西]岸|[江河]段|畔"
    r"|[开封][江河]|封冻|解冻|[上中下]游|干流|支流|河道|[江河]心|[江河]水"
)
_BY_RIVERS: Final = ("沿", "沿着", "横跨", "横渡", "支流")
_NO_RIVER: Final = re.compile("[省市县区镇乡街路大]|边[检境]|公安|沿线")
# The first signs of the names that _is_conjunction weighs.
_CONJUNCTIONS: Final = "会联任和与及"
_BARE: Final = ("县", "城")  # 县公安局, 城关派出所: a sign before it may end a verb


def is_river(text: str, found: Found) -> bool:
    """Return whether a river is meant that a region is called after: 黑龙江|江面, 沿细河|巡查."""
    if found.form[-1] not in "江河":
        return False
    by_water = _WATER.match(text, found.end) is not None
    led = text.endswith(_BY_RIVERS, 0, found.start)
    return by_water or (led and _NO_RIVER.match(text, found.end) is None)


def is_verb(text: str, found: Found) -> bool:
    """Return whether the name of a region is none where it stands, but a verb or a joint."""
    form = found.form
    if form in _ALONG:
        return _ALONG_IT.match(text, found.end) is not None
    split = form[0] in _CONJUNCTIONS or form[1:] in _BARE or form in _VERBS
    return split and _is_conjunction(text, found)


def _is_huitong(text: str, start: int) -> bool:
    """Return whether 会同县 at ``start`` is the county: nobody is named who could act jointly."""
    before = text[start - 1 : start]
    if before in _ALSO:  # 又|会同|县教育局
        return False
    if text.startswith("局", start + len(_HUITONG)) and "一" <= before <= "鿿":  # 王强|会同|县局
        return False
    if not _names_actor(text, start):
        # …阳原县公安局…。|会同县交通局排查: of another county's police
        elsewhere = _OTHER_POLICE.search(text, 0, start) and not _HUITONG_POLICE.search(text)
        return not elsewhere
    if text[start - 1] not in "，、：“（":
        return False
    earlier = (hit.start() for hit in re.finditer(_HUITONG, text[:start]))
    return bool(_HUITONG_HOME.search(text)) or any(not _names_actor(text, at) for at in earlier)


def _names_actor(text: str, start: int) -> bool:
    """Return whether the sentence names a body before ``start``."""
    begin = 1 + max(text.rfind(sign, 0, start) for sign in _SENTENCE)
    return _ACTOR.search(text, begin, start) is not None


def _is_conjunction(text: str, found: Found) -> bool:
    """Return whether 和县 is 和 + 县 (局), 会同县 or 会同 is 会同 (with) + 县 (局)."""
    if found.form.startswith(("会同", "联合")) and len(found.form) < 5:  # 联合|镇卫生院
        if _VERB_COUNTIES.search(text[max(0, found.start - 3) : found.start]):
            return False
        return not (found.form == _HUITONG and _is_huitong(text, found.start))
    before = text[max(0, found.start - 1) : found.start]
    if found.form in _VERBS:
        return before in tuple(_VERBS[found.form])
    if found.form[1:] in _BARE:  # 抵达|县公安局, 看望|城关派出所
        verb = before + found.form[0]
        if len(verb) == 2 and known(verb) and tag_of(verb)[0] == "v":
            return True
    joins = len(found.form) == 2 and found.form[0] in "和与及"
    return joins and bool(before.strip("省市，。、“（\n "))
