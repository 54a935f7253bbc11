"""What stands around a noun for people: its modifiers, the verbs that lead to it, what swallows it."""

import functools
import re
from collections.abc import Mapping
from typing import Final

from kg.language.lexicon import lexicon

_SINGLE: Final = re.compile(
    r"(?:[一1这那该某][名位个]|走失|走散|迷路|失踪|失联|落水|溺水|轻生|醉酒)的?[^，。；、\n]{0,6}$"
)
_REACH: Final = 9  # signs before a noun in which _SINGLE stands


@functools.cache
def modifiers(*, trades: bool) -> Mapping[str, tuple[str, ...]]:
    """Return the modifiers of a noun by the sign that they end in, longest first."""
    terms = lexicon().terms("name.group-modifier")
    kept = sorted((t for t, value in terms.items() if trades or value != "trade"), key=len)
    ends: dict[str, tuple[str, ...]] = {}
    for term in reversed(kept):
        ends[term[-1]] = (*ends.get(term[-1], ()), term)
    return ends


@functools.cache
def _any(klass: str) -> str:
    return "|".join(map(re.escape, sorted(lexicon().terms(klass), key=lambda t: (-len(t), t))))


def was_single(noun: str, text: str, end: int) -> bool:
    """Return whether a text tells before ``end`` of one person by a noun, later used of the same one."""
    at = text.find(noun, 0, end)
    while at >= 0:
        many = text.startswith("们", at + len(noun), end)
        if not many and _SINGLE.search(text, max(0, at - _REACH), at):
            return True
        at = text.find(noun, at + 1, end)
    return False


@functools.cache
def opens() -> re.Pattern[str]:
    """Return the pattern of what a noun phrase for people begins behind: a verb, a count, a comma."""
    leads = _any("name.group-lead")
    return re.compile(rf"(?:^|{leads}|[的、和与及同跟，。：；\n]|[0-9十百余多][名位户])$")


def swallowed(text: str, end: int) -> bool:
    """Return whether a longer noun goes on behind a noun for people (学生|宿舍)."""
    signs, longer = _swallow()
    return text[end : end + 1] in signs and longer.match(text, end) is not None


@functools.cache
def _swallow() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return what a longer noun goes on with, its first signs before it."""
    signs = {*"组转化", *(term[0] for term in lexicon().terms("name.group-swallow"))}
    longer = rf"{_any('name.group-swallow')}|组(?![织建成团])|转移(?=[，。、；])|化(?![解险])"
    return frozenset(signs), re.compile(longer)


@functools.cache
def rhetoric() -> re.Pattern[str]:
    """Return the pattern of what makes a noun before it a figure of speech (群众|安全感)."""
    return re.compile(rf"的?“?(?:{_any('name.group-rhetoric')})")


@functools.cache
def lead() -> re.Pattern[str]:
    """Return the pattern of a verb with what may stand before its receiver (向|现场|老人)."""
    terms = lexicon().terms("name.group-lead")
    near = "|".join(sorted(t for t, value in terms.items() if value != "wide"))
    wide = "|".join(sorted(t for t, value in terms.items() if value == "wide"))
    gap = r"[^，。；！？\n“”被将]"
    signs = "".join(sorted({term[0] for term in terms}))
    return re.compile(
        rf"(?=[{signs}与和同跟])(?:(?:{near})了?{gap}{{0,8}}$|(?:{wide}){gap}{{0,22}}$|[与和同跟]{gap}{{0,3}}$)"
    )
