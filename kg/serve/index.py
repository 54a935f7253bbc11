"""What a store holds, in arrays small enough to keep: who is linked to whom, and what it is called.

Texts and evidence stay in the store; an answer fetches them for the few nodes that it shows.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC
from pyoxigraph import Literal, NamedNode, Store
from pypinyin import lazy_pinyin

from kg.export.entities import CLASSES
from kg.export.names import Names
from kg.model import FACTUAL

Ints = NDArray[np.int64]

_WITHIN: Final = ("relation-located_in", "relation-part_of_unit")
_ROUNDS: Final = 4  # a police post lies in a county, the county in a city, the city in a province
_NOISE: Final = str.maketrans("", "", "“”\"‘’'《》· ")


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a search found."""

    id: str
    name: str
    type: str
    degree: int


class Index:
    """Entities and claims of a store by number; built once, on the first question."""

    def __init__(self, store: Store, names: Names) -> None:
        self._store, self._names = store, names
        types = dict(self._types())
        self.iris = sorted(types)
        self.number = {iri: at for at, iri in enumerate(self.iris)}
        self.types = [types[iri] for iri in self.iris]
        self.claims, self.head, self.tail, self._near = self._read_claims()
        ends = np.concatenate([self.head, self.tail])
        self.degree: Ints = np.bincount(ends, minlength=len(self.iris))
        order = np.argsort(ends, kind="stable")
        self._around: Ints = order % max(1, len(self.claims))
        self._bounds: Ints = np.searchsorted(ends[order], np.arange(len(self.iris) + 1))

    # ── reading the store ────────────────────────────────────────────────────────────────────

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        for quad in self._store.quads_for_pattern(
            None, NamedNode(self._names.expand(predicate)), None, None
        ):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject.value, quad.object.value

    def _types(self) -> Iterator[tuple[str, str]]:
        """Yield each entity with its type; a unit is an organisation, too, and comes last."""
        order = [*(kind for kind in CLASSES if kind != "UNIT"), "UNIT"]
        kinds = {self._names.expand(CLASSES[kind][0]): kind for kind in order}
        kinds[self._names.expand("org:Organization")] = "ORG"
        found = [(iri, kinds[c]) for iri, c in self._pairs("rdf:type") if c in kinds]
        start = self._names.prefixes["jwd"]
        for iri, kind in sorted(found, key=lambda pair: order.index(pair[1])):
            if iri.startswith(start):
                yield iri, "LOC" if kind == "REGION" else kind

    def _read_claims(self) -> tuple[list[str], Ints, Ints, NDArray[np.bool_]]:
        """Return claims with two ends, their ends, and which of them say where a thing belongs."""
        objects, relations = dict(self._pairs("rdf:object")), dict(self._pairs("jw:relation"))
        post_in = dict(self._pairs("org:postIn"))
        within = {self._names.prefixes["jwc"] + relation for relation in _WITHIN}
        rows = []
        for claim, head in sorted(self._pairs("rdf:subject")):
            tail = objects.get(claim, "")
            tail = post_in.get(tail, tail)
            if head in self.number and tail in self.number:
                near = relations.get(claim) in within
                rows.append((claim, self.number[head], self.number[tail], near))
        numbers = np.array([row[1:3] for row in rows], np.int64).reshape(-1, 2)
        belonging = np.array([row[3] for row in rows], np.bool_)
        return [row[0] for row in rows], numbers[:, 0], numbers[:, 1], belonging

    @cached_property
    def factual(self) -> NDArray[np.bool_]:
        """Return which claims are facts."""
        jwc = self._names.prefixes["jwc"]
        status = dict(self._pairs("jw:status"))
        facts = {f"{jwc}{status}" for status in FACTUAL}
        return np.array([status.get(claim) in facts for claim in self.claims], np.bool_)

    @cached_property
    def names(self) -> list[str]:
        """Return what each entity is called."""
        label = dict(self._pairs("rdfs:label"))
        return [label.get(iri, "") for iri in self.iris]

    # ── who is linked to whom ────────────────────────────────────────────────────────────────

    def around(self, node: int) -> Ints:
        """Return the numbers of the claims that have ``node`` at an end."""
        return self._around[self._bounds[node] : self._bounds[node + 1]]

    def neighbours(self, node: int) -> list[int]:
        """Return the nodes next to ``node``, the best-connected first."""
        claims = self.around(node)
        both = {*self.head[claims].tolist(), *self.tail[claims].tolist()} - {node}
        return sorted(both, key=lambda other: (-int(self.degree[other]), other))

    def ball(self, roots: Iterable[int], depth: int, most: int) -> tuple[list[int], bool]:
        """Return what is within ``depth`` steps, nearest first, and whether that is all."""
        found = dict.fromkeys(roots)
        rim = list(found)
        for _ in range(depth):
            fresh = dict.fromkeys(o for n in rim for o in self.neighbours(n) if o not in found)
            room = most - len(found)
            found |= dict.fromkeys(list(fresh)[:room])
            if len(fresh) > room:
                return list(found), False
            rim = list(fresh)
        return list(found), True

    def path(self, start: int, goal: int) -> list[int]:
        """Return the nodes of a shortest chain of facts, empty if there is none."""
        came, rim = {start: start}, [start]
        while rim and goal not in came:
            rim = [other for node in rim for other in self._steps(node, came)]
        if goal not in came:
            return []
        chain = [goal]
        while chain[-1] != start:
            chain.append(came[chain[-1]])
        return chain[::-1]

    def _steps(self, node: int, came: dict[int, int]) -> Iterator[int]:
        for claim in self.around(node).tolist():
            other = int(self.tail[claim] if self.head[claim] == node else self.head[claim])
            if self.factual[claim] and other not in came:
                came[other] = node
                yield other

    # ── regions ──────────────────────────────────────────────────────────────────────────────

    @cached_property
    def province(self) -> list[str]:
        """Return the two digits of each entity's province, empty where nothing tells."""
        table = [""] * len(self.iris)
        for predicate in ("jw:regionCode", "dct:identifier"):
            for iri, code in self._pairs(predicate):
                if iri in self.number and code[:6].isdigit():
                    table[self.number[iri]] = code[:2]
        for _ in range(_ROUNDS):
            self._spread(table, np.flatnonzero(self._near))
        self._spread(table, np.arange(len(self.claims)))
        return table

    def _spread(self, table: list[str], claims: Ints) -> None:
        """Give nodes without a province the one that most of their neighbours have."""
        votes: dict[int, Counter[str]] = {}
        for one, two in zip(self.head[claims].tolist(), self.tail[claims].tolist(), strict=True):
            for node, other in ((one, two), (two, one)):
                if not table[node] and table[other]:
                    votes.setdefault(node, Counter())[table[other]] += 1
        for node, found in votes.items():
            table[node] = min(found, key=lambda code: (-found[code], code))

    # ── search ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _entries(self) -> list[tuple[tuple[str, ...], str, str]]:
        """Return names, sound and initials of each entity."""
        aliases: dict[str, list[str]] = {}
        for predicate in ("skos:altLabel", "skos:prefLabel"):  # preferred in English, too
            for iri, name in self._pairs(predicate):
                aliases.setdefault(iri, []).append(plain(name))
        out = []
        for iri, name in zip(self.iris, self.names, strict=True):
            sounds = [_sound(char) for char in name if _sound(char)]
            names = (plain(name), *sorted(aliases.get(iri, ())))
            out.append((names, "".join(sounds), "".join(sound[0] for sound in sounds)))
        return out

    def search(self, asked: str, most: int) -> list[Match]:
        """Return the best matches by name, alias, pinyin or initials."""
        asked = plain(asked)
        if not asked:
            return []
        found = []
        for node, entry in enumerate(self._entries):
            if (rank := _rank(entry, asked)) is not None:
                found.append((rank, -int(self.degree[node]), len(self.names[node]), node))
        return [self.match(node) for *_, node in sorted(found)[:most]]

    def match(self, node: int) -> Match:
        """Return an entity as a search shows it."""
        iri = self.iris[node]
        key = next((key for one, key in self._keys(iri) if one == iri), "")
        local = key or iri.removeprefix(self._names.prefixes["jwd"])
        return Match(local, self.names[node], self.types[node], int(self.degree[node]))

    def _keys(self, iri: str) -> Iterator[tuple[str, str]]:
        """Yield the id that an IRI was made from, where it differs."""
        key = NamedNode(self._names.expand("jw:key"))
        for quad in self._store.quads_for_pattern(NamedNode(iri), key, None, None):
            yield iri, str(getattr(quad.object, "value", ""))


def plain(text: str) -> str:
    """Return ``text`` as it is searched: simplified, narrow, lower case, without quotes."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_NOISE)
    return str(_simplifier().convert(folded))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _sound(char: str) -> str:
    return lazy_pinyin(char)[0] if "\u3400" <= char <= "\u9fff" else ""


def _rank(entry: tuple[tuple[str, ...], str, str], asked: str) -> float | None:
    """Return how good a match is, lower is better, None for none."""
    names, sound, initials = entry
    places = [(name.find(asked), len(name)) for name in names]
    ranks = [
        (0.0 if length == len(asked) else 1.0 if place == 0 else 2.0) + (0.5 if at else 0.0)
        for at, (place, length) in enumerate(places)
        if place >= 0
    ]
    if ranks:
        return min(ranks)
    if not asked.isascii():
        rest = iter(names[0])  # letters skipped as short names skip them
        return 6.0 if len(asked) > 1 and all(char in rest for char in asked) else None
    if initials.startswith(asked):
        return 3.0
    if sound.startswith(asked):
        return 3.5
    return 4.0 if len(asked) > 1 and asked in initials else None
