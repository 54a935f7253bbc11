"""The lexicon's tables for personal names, held together: which signs and words do what in names."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.language.alternation import alternation
from kg.language.lexicon import lexicon

PEOPLES: Final = ("mongol", "tibetan", "turkic")
CONJUNCTION: Final = "4"
AMBIGUOUS: Final = frozenset(
    {"3", CONJUNCTION}
)  # ranks of surnames that are plain words too: 于, 和
_DOTTED_MORE: Final = frozenset("地里外不")  # write sounds too, but only a dot tells

_BODY: Final = re.compile(
    r"公司|企业|单位|医院|学校|[小中]学|合作社|派出所|看守所|[村镇乡县市区旗社街驻]"
)


@dataclass(frozen=True)
class Tables:
    """The lexicon's tables, held together: they are asked for some hundred times an article."""

    surnames: dict[str, str]
    used: dict[str, str]
    never: dict[str, str]
    prefixes: dict[str, str]  # signs before a given name: 阿根
    follow: dict[str, str]
    words: dict[str, str]
    rare: dict[str, str]  # words of the dictionary that are names rather than words: 安立|民
    sounds: dict[str, str]
    elements: dict[str, dict[str, str]]
    sizes: dict[str, dict[str, tuple[int, ...]]]  # of the elements, by people and first sign
    firsts: dict[str, tuple[str, ...]]  # signs that names begin with, and of which peoples
    openers: dict[str, tuple[str, ...]]  # the same, with signs that only later elements begin with
    begin: frozenset[str]  # signs that any name begins with


@functools.cache
def tables() -> Tables:
    """Return the tables, made once a process."""
    terms = lexicon().terms
    whole = {people: terms(f"per.{people}") for people in PEOPLES}
    elements = {people: {**whole[people], **terms(f"name.{people}-end")} for people in PEOPLES}
    sizes = {people: _sizes(table) for people, table in elements.items()}
    firsts = {term[0] for table in whole.values() for term in table}
    signs = {sign for table in sizes.values() for sign in table}
    openers = {sign: tuple(p for p in PEOPLES if sign in sizes[p]) for sign in signs}
    return Tables(
        terms("name.surname"),
        terms("name.given"),
        terms("name.never"),
        terms("name.prefix"),
        terms("name.follow"),
        terms("name.word"),
        terms("name.rare-word"),
        terms("name.sound"),
        elements,
        sizes,
        {sign: openers[sign] for sign in firsts},
        openers,
        frozenset({*(term[0] for term in terms("name.surname")), *terms("name.sound"), *firsts}),
    )


def _sizes(elements: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return how long the elements with the same first sign are, the shortest first."""
    sizes: dict[str, set[int]] = {}
    for element in elements:
        sizes.setdefault(element[0], set()).add(len(element))
    return {sign: tuple(sorted(found)) for sign, found in sizes.items()}


def is_sound(sign: str) -> bool:
    """Return whether a sign is used to write foreign sounds in a name of two parts."""
    return sign in tables().sounds or sign in _DOTTED_MORE


def is_given(signs: str) -> bool:
    """Return whether all signs are common in given names."""
    used = tables().used
    return all(used.get(sign) for sign in signs)


@functools.cache
def opener() -> re.Pattern[str]:
    """Return the pattern of a usual surname with the sign before it that opens its clause."""
    ranks = tables().surnames.items()
    usual = "".join(name for name, rank in ranks if rank in ("1", "2") and len(name) == 1)
    return re.compile(rf"[，。；：！？”\n由的][{usual}](?<!的士)(?=[一-鿿])")


@functools.cache
def said() -> re.Pattern[str]:
    """Return the pattern of the verbs of saying."""
    return re.compile(alternation(lexicon().terms("name.say")))


@functools.cache
def personal() -> frozenset[str]:
    """Return the posts that may stand behind the name: not 杞源红|公司董事长."""
    posts = lexicon().terms("per.post").items()
    held = (post for post, value in posts if value in ("leader", "officer"))
    return frozenset(post for post in held if not _BODY.match(post))


@functools.cache
def clans() -> re.Pattern[str]:
    """Return the pattern of what only names of the Yi and the Dai begin with: 马海|阿依, 波岩|龙."""
    ranks = lexicon().terms("name.surname").items()
    whole = (name for name, rank in ranks if rank == "yi" or (rank == "dai" and len(name) > 1))
    return re.compile(alternation(whole))
