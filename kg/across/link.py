"""Find reprints and candidates for one event in a whole graph, in memory."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.across.events import one_event, traces
from kg.across.reprints import MEET, bands, families, one_text, pair_of, print_of, settle
from kg.graph import KnowledgeGraph
from kg.model import Extraction, Reprint, SameEvent

Pair = tuple[str, str]


def link(graph: KnowledgeGraph, apart: Collection[Pair] = ()) -> KnowledgeGraph:
    """Return ``graph`` with its reprints and its candidates for one event.

    ``apart`` are pairs of activities, in order, that a person has told to be two.
    """
    reprints = tuple(_reprints(graph.extractions))
    origins = {one.article: one.origin for one in reprints}
    found = (pair for pair in _same(graph.extractions, origins) if (pair[0], pair[1]) not in apart)
    return replace(graph, reprints=reprints, same_events=candidates(found))


def candidates(found: Iterable[tuple[str, str, str]]) -> tuple[SameEvent, ...]:
    """Return one candidate for each pair of activities, sorted, with the first of its reasons."""
    reasons: dict[Pair, str] = {}
    for first, second, reason in found:
        pair = first, second
        reasons[pair] = min(reason, reasons.get(pair, reason))
    return tuple(SameEvent(*pair, reasons[pair]) for pair in sorted(reasons))


def _reprints(extractions: Iterable[Extraction]) -> Iterator[Reprint]:
    prints = {one.article.id: print_of(one) for one in extractions}
    buckets: defaultdict[int, list[str]] = defaultdict(list)
    for key, one in prints.items():
        for band in bands(one):
            buckets[band].append(key)
    met = Counter(
        pair_of(one, two)
        for bucket in buckets.values()
        for number, one in enumerate(bucket)
        for two in bucket[:number]
    )
    pairs = sorted(pair for pair, count in met.items() if count >= MEET)
    reasons = {pair: one_text(prints[pair[0]], prints[pair[1]]) for pair in pairs}
    reasons = {pair: reason for pair, reason in reasons.items() if reason}
    found = [
        reprint
        for family in families(reasons)
        for reprint in settle((prints[key] for key in family), reasons)
    ]
    return iter(sorted(found, key=lambda one: one.article))


def _same(
    extractions: Iterable[Extraction], origins: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    found = [trace for extraction in extractions for trace in traces(extraction)]
    buckets: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
    for number, trace in enumerate(found):
        for key, acts in trace.marks():
            buckets[key].append((number, acts))
    pairs = {
        (one, two)
        for bucket in buckets.values()
        for place, (two, acts) in enumerate(bucket)
        for one, acts_too in bucket[:place]
        if acts or acts_too
    }
    for left, right in sorted(pairs):
        one, two = found[left], found[right]
        if origins.get(one.article, one.article) == origins.get(two.article, two.article):
            continue  # one text, printed twice
        if reason := one_event(one, two):
            yield (*pair_of(one.activity, two.activity), reason)
