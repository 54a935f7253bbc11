"""Which nouns for people are groups: what the rules say, weighed with the words around the noun.

The rules decide a noun by itself; whom an act is for shows in many weak signs at once. A logistic
model adds them up. Its weights (data/models/groups.csv) are fitted by scripts/train.py.
"""

import csv
import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.errors import DataError
from kg.language.scan import Scan
from kg.language.tokens import Word
from kg.recognise.candidate import Candidate
from kg.recognise.group_signs import lead
from kg.records import record
from kg.resources import DATA

WEIGHTS: Final = DATA / "models" / "groups.csv"
BIAS: Final = "bias"
# The model overrules the rules only where it is sure (log odds; measured by scripts/train.py).
REFUSED: Final = -0.5
ADDED: Final = 1.0
_CLAUSE: Final = re.compile(r"(?s:.*)[，。；：！？\n“”（）]")  # greedy: it ends at the last sign
_REACH: Final = 30
_COUNTED: Final = re.compile(
    r"[0-9一二两三四五六七八九十百千余多数][名位户个家人]的?[^，。；、]{0,6}$"
)
_VERBS: Final = (
    *("向", "为", "给", "对", "组织", "邀请", "提醒", "走访", "帮助", "联合", "带领", "引导"),
    *("帮", "请", "让"),
)
_NEAREST: Final = (1, 2, 3)  # signs before and behind that are features as they stand
_BREAKS: Final = "\n \u3000"
_END: Final = "¶"  # stands for a break, and for the end of the text
_GAPS: Final = (2, 4, 7, 12)


@record
class Noun:
    """A noun for people: its span, the class of its head, what the rules say of it."""

    start: int
    end: int
    value: str
    alien: bool  # part of a name, a title or a figure of speech
    fits: bool  # told of as people who receive, are many or stand in a list of groups

    @property
    def taken(self) -> bool:
        """Whether the rules take it for a group."""
        return self.fits and not self.alien


def accepted(scan: Scan, nouns: Sequence[Noun], found: Sequence[Candidate]) -> list[bool]:
    """Return for each of an article's nouns whether it is a group; ``found`` are its mentions."""
    weights = _weights()
    bias = weights[BIAS]
    open_nouns = [noun for noun in nouns if not noun.alien]  # nothing makes a group of the others
    odds = {
        noun.start: bias + sum([weights[sign] for sign in signs if sign in weights])
        for noun, signs in zip(open_nouns, features(scan, open_nouns, found), strict=True)
    }
    return [not noun.alien and settled(noun, odds[noun.start]) for noun in nouns]


def settled(noun: Noun, odds: float) -> bool:
    """Return whether a noun is a group, the logarithm of its odds given: the rules stand if these are even."""
    return odds > REFUSED if noun.taken else odds > ADDED and not noun.alien


def features(scan: Scan, nouns: Sequence[Noun], found: Sequence[Candidate]) -> Iterator[set[str]]:
    """Yield what speaks for and against each of an article's nouns being a group, as names."""
    text, shown = scan.text, _shown(scan.text)
    beside = _beside(nouns, found)
    taken = Counter(text[noun.start : noun.end] for noun in nouns if noun.taken)
    for noun in nouns:
        form = text[noun.start : noun.end]
        signs = {f"head {form[-1]}", f"head {form[-2:]}", f"class {noun.value}"}
        signs |= {f"alien {noun.alien}", f"fits {noun.fits}", f"taken {noun.taken}"}
        signs.add(f"again {taken[form] > noun.taken}")
        signs.add(f"first {text.find(form) == noun.start}")
        signs |= beside[noun.start]
        signs |= _clause(scan, noun, shown)
        signs |= _words(scan, noun)
        yield signs


def _beside(nouns: Sequence[Noun], found: Sequence[Candidate]) -> Mapping[int, set[str]]:
    """Return by the starts of nouns which types of mentions end there, or begin where they end."""
    beside: dict[int, set[str]] = {noun.start: set() for noun in nouns}
    starts = {noun.end: noun.start for noun in nouns}
    for candidate in found:
        if candidate.end in beside:
            beside[candidate.end].add(f"before {candidate.type}")
        if candidate.start in starts:
            beside[starts[candidate.start]].add(f"behind {candidate.type}")
    return beside


def _clause(scan: Scan, noun: Noun, shown: str) -> set[str]:
    """Return the signs of the clause before a noun; ``shown`` is the text as the weights hold it."""
    text, start = scan.text, noun.start
    floor = max(0, start - _REACH)
    sign = _CLAUSE.match(text, floor, start)
    before = text[sign.end() if sign else floor : start]
    signs = {f"left {shown[start - size : start]}" for size in _NEAREST if size <= start}
    signs |= {f"right {shown[noun.end : noun.end + size] or _END}" for size in _NEAREST}
    signs |= {f"clause {verb}" for verb in _VERBS if verb in before}
    signs.add(f"counted {_COUNTED.search(before) is not None}")
    signs.add(f"opens {not before}, sentence {scan.sentence_at(start).start == start}")
    verb = lead().search(text, max(0, start - 28), start)
    if verb is None:
        return signs | {"lead none"}
    return signs | {f"lead {verb[0][:2]}", f"lead {_step(len(verb[0]), _GAPS)} away"}


def _shown(signs: str) -> str:
    """Return signs of a text as the table of weights holds them: breaks as ¶."""
    for sign in _BREAKS:
        signs = signs.replace(sign, _END)
    return signs


def _words(scan: Scan, noun: Noun) -> set[str]:
    """Return the words on both sides of a noun, with their parts of speech."""
    tokens, size = scan.tokens, len(scan.text)
    signs: set[str] = set()
    last = _word_before(scan, noun.start)
    if last is not None:
        signs |= {f"word {last.text}", f"tag {last.tag}"}
        other = _word_before(scan, last.start)
        if other is not None:
            signs |= {f"second word {other.text}", f"tags {other.tag} {last.tag}"}
    if noun.end < size:
        word = tokens.at(noun.end)
        signs |= {f"next {_shown(word.text)}", f"next tag {word.tag}"}
        if word.end < size:
            signs.add(f"next tags {word.tag} {tokens.at(word.end).tag}")
    return signs


def _word_before(scan: Scan, end: int) -> Word | None:
    word = scan.tokens.before(end, max(0, end - _REACH))
    return None if word is None or word.tag == "x" else word


def _step(number: int, steps: Sequence[int]) -> int:
    return sum(number >= step for step in steps)


@functools.cache
def _weights() -> Mapping[str, float]:
    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        rows = {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}
    if BIAS not in rows:
        raise DataError(f"{WEIGHTS}: no row {BIAS}")
    return rows
