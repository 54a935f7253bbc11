"""Numbers and quantities: Arabic and Chinese numerals, 万 and 亿, measure words, approximations."""

import functools
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.text import Span
from kg.model import Mention
from kg.records import record

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    **{"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3},
    **{sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
}
_SMALL: Final = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "拾": 10,
    "佰": 100,
    "仟": 1000,
    "廿": 20,
    "卅": 30,
}
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}
_HAN: Final = "".join((*_DIGITS, *_SMALL))

_SOME: Final = {
    sign: Decimal(size) for sign, size in (_SMALL | _LARGE).items()
}  # 数百: 100 and more

# Words before and after a number, and what they make of it.
_BOUNDS: Final = {
    **dict.fromkeys(("近", "将近", "接近", "不到", "不足", "少于"), "under"),
    **dict.fromkeys(("超", "超过", "逾", "突破", "多达", "高达", "上"), "over"),
    **dict.fromkeys(("至少", "不少于", "不低于"), "over"),
    **dict.fromkeys(("约", "大约", "大概", "约有", "左右", "上下", "许", "来"), "about"),
    **dict.fromkeys(("余", "多", "有余", "以上", "几"), "over"),
}
_BEFORE: Final = re.compile(
    "(?:"
    + "|".join(
        sorted((w for w in _BOUNDS if len(w) > 1 or w in "近超逾约上"), key=len, reverse=True)
    )
    + ")$"
)
_BEFORE_ENDS: Final = frozenset(word[-1] for word in _BOUNDS)
_FIGURE: Final = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_PLAIN: Final = re.compile(_FIGURE)
_HUNDREDS: Final = re.compile(rf"{_FIGURE}[百千]")
_NUMERAL: Final = rf"[{_HAN}](?:[{_HAN}]|[万亿](?=[{_HAN}]))*"
_SCALE: Final = r"(?:[十百千]?[万亿]|[百千])"
_MORE: Final = r"(?:余|多|来|有余|几)"
_RATE: Final = r"百分之(?P<rate>[一二三四五六七八九十百零点]+|[0-9.]+)"
_NUMBER: Final = re.compile(
    rf"{_RATE}|(?P<figure>{_FIGURE}|{_NUMERAL}|数(?=[十百千万]))"
    rf"(?P<more>{_MORE})?(?P<scale>{_SCALE})?(?P<more2>{_MORE})?"
)
_SIGN: Final = re.compile(rf"[0-9{_HAN}数]")  # what a number begins with
_AFTER: Final = re.compile(r"以上|左右|上下|有余")
# Signs that a number may stand in a word without counting: 一起 (together), 一些, 十分, 统一 …
_WORDS: Final = re.compile(
    r"一(?:起(?![^，。、；]{0,4}案)|些|般|直|定|样|旦|切|边|度|致|体|系列|线|方面|路|面|并|律|同|道|次性|经|向|贯|心|步步|一|级|带|把手)"
    r"|千(?:方|万|家万|里)|百(?:姓|日|货|花)|万(?:家|一|全|千)|十(?:分(?!钟)|足|字)|[二两三四五](?=轮(?:电动|机动|货|客|农|车|摩托))|两(?:会|地|级|侧|边|者|岸|抢|国|口子)|三(?:夏|秋|农|通)|九(?:三|九)"
)
_UNWANTED_BEFORE: Final = frozenset("第统唯之专单同万初")


@record
class Quantity:
    """A number with its measure word.

    ``figure`` is the number as print has it, without the words around (``1.6万``); ``bound`` is
    over, under, about or empty.
    """

    start: int
    end: int
    value: Decimal
    figure: str
    unit: str
    bound: str = ""

    @property
    def approx(self) -> bool:
        """Return whether the number is not exact."""
        return bool(self.bound)


@functools.lru_cache(maxsize=8192)
def parse_number(text: str) -> Decimal | None:
    """Return the value of a numeral (``1,280``, ``2.3万``, ``一百零五``), None if it is none."""
    if not text:
        return None
    if text[-1] in _LARGE and len(text) > 1:
        head = parse_number(text[:-1])
        return None if head is None else _plain(head * _LARGE[text[-1]])
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _HUNDREDS.fullmatch(text):
        return _plain(Decimal(text[:-1].replace(",", "")) * _SMALL[text[-1]])
    return _chinese(text)


def has_number(text: str, start: int, end: int) -> bool:
    """Return whether a sign that a number begins with stands between two places."""
    return _SIGN.search(text, start, end) is not None


def quantities(
    text: str, span: Span | None = None, covered: Sequence[Span | Mention] = ()
) -> list[Quantity]:
    """Return the quantities of a folded text (or of a span of it) in order of place.

    Those that begin inside a ``covered`` span are left out: they belong to a name or a date.
    """
    start, end = (span.start, span.end) if span else (0, len(text))
    found: list[Quantity] = []
    # Most signs begin no number: one class of signs is found faster than the pattern fails.
    sign = _SIGN.search(text, start, end)
    while sign is not None:
        at = sign.start()
        match = _NUMBER.match(text, at, end)
        if match is not None and not (covered and _is_inside(at, covered)):
            quantity = _quantity(text, match, start, end)
            if quantity is not None:
                found.append(quantity)
        sign = _SIGN.search(text, match.end() if match else at + 1, end)
    return found


def _is_inside(at: int, spans: Sequence[Span | Mention]) -> bool:
    for one in spans:  # noqa: SIM110 (a generator costs more than the comparisons)
        if one.start <= at < one.end:
            return True
    return False


def _quantity(text: str, match: re.Match[str], start: int, stop: int) -> Quantity | None:
    """Return what one numeral with its surroundings counts, None if it only looks like one."""
    rate, figure, more, scale, more2 = match.group("rate", "figure", "more", "scale", "more2")
    begin, end = match.span()
    if rate:
        value = _rate(rate)
        return None if value is None else Quantity(begin, end, value, rate, "%")
    scale = scale or ""
    some, spoken = figure == "数", not figure[0].isdigit()
    if spoken and _is_word(text, begin):
        return None
    unit, end, late = _measure(text, end, stop)
    if spoken and not unit:
        return None
    value = _SOME[scale[-1:] or "十"] if some else parse_number(figure + scale)
    if value is None:
        return None
    sign = text[begin - 1] if begin > start else ""
    early = _BEFORE.search(text, max(start, begin - 3), begin) if sign in _BEFORE_ENDS else None
    word = (early[0] if early else "") or more or more2 or late
    bound = _BOUNDS[word] if word else "over" if some else ""
    money = scale in _LARGE and unit == "元"
    return Quantity(
        early.start() if early else begin,
        end,
        value,
        figure if money else figure + scale,
        scale + unit if money else unit,
        bound,
    )


def _is_word(text: str, at: int) -> bool:
    """Return whether a numeral is part of a word that counts nothing: 一起, 统一, 十分."""
    return bool(_WORDS.match(text, at)) or text[max(at - 1, 0) : at] in _UNWANTED_BEFORE


def _measure(text: str, at: int, stop: int) -> tuple[str, int, str]:
    """Return the measure word at ``at``, where it ends, and 以上 or the like before or behind it."""
    late = _AFTER.match(text, at, stop)
    begin = late.end() if late else at
    unit = _unit_at(text, begin, stop)
    end = begin + len(unit)
    if late is None:
        late = _AFTER.match(text, end, stop)
        if late is None:
            return unit, end, ""
    return unit, max(end, late.end()), late[0]


def _plain(value: Decimal) -> Decimal:
    """Return the number without the zeros that a multiplication leaves behind its point."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _unit_at(text: str, at: int, stop: int) -> str:
    """Return the longest measure word that stands at ``at``."""
    if text[at : at + 1] == "个" and text[at + 1 : at + 2] in ("月", "小"):
        return text[at : at + (2 if text[at + 1] == "月" else 3)]
    units = _units().get(text[at : at + 1], ())
    for unit in units:
        if text.startswith(unit, at, stop):
            return unit
    return ""


@functools.cache
def _units() -> dict[str, list[str]]:
    """Return the measure words by their first sign, the longest first."""
    units: dict[str, list[str]] = {}
    for unit in sorted(lexicon().terms("num.unit"), key=len, reverse=True):
        units.setdefault(unit[0], []).append(unit)
    return units


def _rate(text: str) -> Decimal | None:
    whole, _, part = text.partition("点")
    value = parse_number(whole)
    if value is None or not part:
        return value
    digits = "".join(str(_DIGITS.get(sign, 0)) for sign in part)
    return value + Decimal(f"0.{digits}")


def _chinese(text: str) -> Decimal | None:
    """Return the value of a numeral in Chinese signs, read by place or as a row of digits."""
    if any(sign not in _DIGITS and sign not in _SMALL and sign not in _LARGE for sign in text):
        return None
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        return Decimal("".join(str(_DIGITS[sign]) for sign in text))
    total, section, digit = 0, 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SMALL:
            size = _SMALL[sign]
            section += size if sign in "廿卅" else (digit or 1) * size
            digit = 0
        else:
            total, section, digit = (total + section + digit) * _LARGE[sign], 0, 0
    return Decimal(total + section + digit)
