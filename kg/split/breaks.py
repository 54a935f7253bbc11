"""Whether a sentence goes on over a break between two lines."""

import re
from typing import Final

from kg.gazetteer import gazetteer
from kg.language.lexicon import lexicon
from kg.language.naming import readings
from kg.language.words import cut
from kg.split.blanks import goes_on
from kg.split.lead import dateline
from kg.split.lines import closing_credit, is_ended, is_running
from kg.split.vocabulary import terms

OPENERS: Final = "，。、；：！？”’）》】%"  # what no line begins with, but the rest of a sentence
_WINDOW: Final = 8  # characters on each side of a break in which words are looked for
_NAMED: Final = 2.0  # how likely a name has to be behind a post
_NAME: Final = range(2, _WINDOW)  # characters of one that ends a title and begins the text
_DAY: Final = re.compile(r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|以来|初|底)")
_MONTH: Final = re.compile(r"(?:[今去前]年|[0-9]{4}年)?[0-9]{1,2}月，")  # 去年4月，该局…
_UNIT: Final = re.compile(r"(?:公安局|分局|派出所|[大支总]队)(?=[㐀-鿿])")
# the parts of a date or of a quantity: 6月|4日, 资料300|余份
_PARTS: Final = tuple(
    (re.compile(f"{first}$"), re.compile(second))
    for first, second in (
        ("[0-9]月", "[0-9]{1,2}日"),
        ("[0-9]{4}年", "[0-9]{1,2}月"),
        ("[0-9]", "[年月日时余万份名起家处次台辆户件]"),
    )
)

_COUNT: Final = re.compile("[0-9][0-9,.]*[余多万]*(?:人次|[份名起家处次台辆户件艘条])")


def is_open(text: str) -> bool:
    """Return whether running text stops inside a sentence."""
    if is_ended(text) or closing_credit(text) or text[-1] in "：）》】":
        return False
    return bool(re.search(r"[，。；、]", text)) if is_running(text) else _is_lead(text)


def _is_lead(text: str) -> bool:
    """Return whether a line that is short enough for a headline may be the beginning of a text."""
    if bool(_UNIT.search(text)) or text[-1] in "，、":
        return True
    dated = _DAY.match(text) or _MONTH.match(text)
    return "，" in text and (text.startswith(terms("layout.lead")) or bool(dated))


def is_tight(first: str, second: str) -> bool:
    """Return whether the break must lie inside a sentence, by its own signs."""
    if not is_running(first):  # it may be a headline
        cut_off = first[-1] in "，、" or _is_parted(first, second) or cuts_word(first, second)
        return cut_off and not opens(second)
    if completes(first, second):
        return True
    joint = first[-1] in terms("layout.joint") and not _leads(second)
    return joint and not _speaks_on(first, second)


def completes(first: str, second: str) -> bool:
    """Return whether a text begins with the rest of the sentence that running text leaves open."""
    if first[-1] in "，、" or second[0] in OPENERS:
        return True
    if _speaks_on(first, second):
        return second.index("”") < (second + "“").index("“")
    return _is_rest(first, second)


def closes(first: str, second: str) -> bool:
    """Return whether a text closes a quote that another leaves open."""
    opened = first.count("“") > first.count("”") and "”" in second
    return opened and second.index("”") < (second + "“").index("“")


def _speaks_on(first: str, second: str) -> bool:
    """Return whether a quote is open in the last clause, and one is closed in what follows."""
    last = re.split(r"[，。；：！？]", first)[-1]
    return last.count("“") > last.count("”") and "”" in second


def _is_rest(first: str, second: str) -> bool:
    if _is_parted(first, second) or _COUNT.match(second) or goes_on(first[-_WINDOW:], second):
        return True
    return cuts_word(first, second) and not _DAY.match(second)


def _is_parted(first: str, second: str) -> bool:
    """Return whether a date, a quantity or a post with its name lies over the break."""
    if any(left.search(first) and right.match(second) for left, right in _PARTS):
        return True
    posts = lexicon().terms("per.post")
    posted = any(first[-size:] in posts for size in range(2, 5))
    return posted and any(reading.score > _NAMED for reading in readings(second, 0))


def cuts_word(first: str, second: str) -> bool:
    """Return whether a word reaches over the break, and no name of a place begins behind it."""
    return bool(word_over(first, second))


def word_over(first: str, second: str) -> str:
    """Return the word that reaches over the break, or nothing if a place's name begins behind it."""
    if any(not found.start for found in gazetteer().find(second[:_WINDOW])):
        return ""
    if any(second.startswith(first[-size:]) for size in _NAME):
        return ""  # 记某所民警巴雅尔|巴雅尔今年
    head, tail = first[-_WINDOW:], second[:_WINDOW]
    place = 0
    for word in cut(head + tail):
        if place < len(head) < place + len(word):
            return word
        place += len(word)
    return ""


def opens(text: str) -> bool:
    """Return whether a text begins as a paragraph likes to begin."""
    return _leads(text) or bool(_DAY.match(text)) or bool(dateline(text))


def _leads(text: str) -> bool:
    return text[0] in "“‘" or text.startswith(terms("layout.opener"))
