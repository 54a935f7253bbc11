"""Reprints and candidates for one event on Spark: pairs meet by key, families close on the driver."""

from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import Any

from pyspark import RDD, SparkContext

from kg.across.events import Trace, one_event, traces
from kg.across.link import candidates
from kg.across.reprints import MEET, Print, bands, families, one_text, pair_of, print_of, settle
from kg.model import Extraction, Reprint, SameEvent

Pair = tuple[str, str]


def link(
    context: SparkContext,
    kept: "RDD[tuple[str, Extraction]]",
    apart: Sequence[Pair],
    slices: int,
) -> tuple[tuple[Reprint, ...], tuple[SameEvent, ...]]:
    """Return what the articles have to do with each other, as the local engine finds it."""
    reprints = _reprints(context, kept, slices)
    origins = {one.article: one.origin for one in reprints}
    found = _same(context, kept, origins, slices)
    known = set(apart)
    return reprints, candidates(one for one in found if (one[0], one[1]) not in known)


def _reprints(
    context: SparkContext, kept: "RDD[tuple[str, Extraction]]", slices: int
) -> tuple[Reprint, ...]:
    prints = kept.mapValues(print_of).cache()
    met = (
        prints.flatMap(lambda pair: [(band, pair[0]) for band in bands(pair[1])])
        .groupByKey(slices)
        .flatMap(lambda group: _pairs(group[1]))
        .map(lambda pair: (pair, 1))
        .reduceByKey(add, slices)
        .filter(lambda counted: counted[1] >= MEET)
        .keys()
    )
    both: RDD[tuple[Pair, tuple[Print, Print]]] = _joined(met, prints, slices)
    reasons = dict(
        sorted(
            both.mapValues(lambda two: one_text(*two)).filter(lambda one: bool(one[1])).collect()
        )
    )
    groups = families(reasons)
    members = context.broadcast({key for family in groups for key in family})
    fetched = prints.filter(lambda pair: pair[0] in members.value).collectAsMap()
    found = [
        reprint
        for family in groups
        for reprint in settle((fetched[key] for key in family), reasons)
    ]
    return tuple(sorted(found, key=lambda one: one.article))


def _same(
    context: SparkContext,
    kept: "RDD[tuple[str, Extraction]]",
    origins: dict[str, str],
    slices: int,
) -> list[tuple[str, str, str]]:
    known = context.broadcast(origins)
    found = kept.flatMap(
        lambda pair: [((one.article, one.activity), one) for one in traces(pair[1])]
    ).cache()
    met = (
        found.flatMap(lambda pair: [(mark, (pair[0], acts)) for mark, acts in pair[1].marks()])
        .groupByKey(slices)
        .flatMap(lambda group: _acting(group[1]))
        .distinct(slices)
    )
    both: RDD[tuple[Any, tuple[Trace, Trace]]] = _joined(met, found, slices)
    return both.values().flatMap(lambda two: _reason(*two, known.value)).collect()


def _pairs(keys: Iterable[str]) -> Iterator[Pair]:
    found = sorted(keys)
    return (pair_of(one, two) for place, two in enumerate(found) for one in found[:place])


def _acting(marked: Iterable[tuple[Pair, bool]]) -> Iterator[tuple[Pair, Pair]]:
    """Yield the pairs of activities of which at least one unit acts itself."""
    found = sorted(marked)
    for place, (two, acts) in enumerate(found):
        for one, acts_too in found[:place]:
            if (acts or acts_too) and one != two:
                yield (one, two)


def _joined(pairs: "RDD[Any]", values: "RDD[Any]", slices: int) -> "RDD[Any]":
    """Return the two values of each pair of keys."""
    first = pairs.map(lambda pair: (pair[0], pair)).join(values, slices)
    second = first.map(lambda row: (row[1][0][1], (row[1][0], row[1][1]))).join(values, slices)
    return second.map(lambda row: (row[1][0][0], (row[1][0][1], row[1][1])))


def _reason(one: Trace, two: Trace, origins: dict[str, str]) -> list[tuple[str, str, str]]:
    if origins.get(one.article, one.article) == origins.get(two.article, two.article):
        return []  # one text, printed twice
    reason = one_event(one, two)
    return [(*pair_of(one.activity, two.activity), reason)] if reason else []
