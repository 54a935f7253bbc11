"""Count what two documents have in common.

Mentions agree by span and type; activities and methods, whose borders are a matter of taste, also
loosely. Entities are paired one to one, by name or, where a name says little, by overlap. A
relation is right when its name is and both ends are paired. White space never counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.evaluate.annotation import Document, Link
from kg.evaluate.pairing import (
    SAME_PLACE,
    Overlay,
    Pairing,
    Span,
    lay_over,
    overlap,
    pair_nodes,
    squeeze,
)
from kg.model import RELATIONS, TYPES

LOOSE: Final = ("ACT", "METHOD")
# An optional span of any type forgives a wrong guess of these types at the same place.
FORGIVING: Final = frozenset({"ORG", "LOC", "ACT", "METHOD", "DOC", "PER"})
UNDIRECTED: Final = frozenset({"cooperates_with"})
LINKS: Final = tuple(relation for relation in RELATIONS if relation != "outcome")
# Two texts that share fewer of their 4-grams than this are not the same article.
SAME_ARTICLE: Final = 0.1
GROUPS: Final = {
    "mention": (*(f"mention {t}" for t in TYPES), *(f"mention {t} relaxed" for t in LOOSE)),
    "entity": tuple(f"entity {t}" for t in TYPES),
    "relation": tuple(f"relation {r}" for r in LINKS),
}
RECALLED: Final = ("coreference", "canonical")  # only asked for, never wrongly added


@dataclass(slots=True)
class Counts:
    """How many were found, wrongly added and missed."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: int, wrong: int = 0, missed: int = 0) -> None:
        """Add the counts of one more document."""
        self.found += found
        self.wrong += wrong
        self.missed += missed

    @property
    def asked(self) -> int:
        """Return how many the annotation asks for."""
        return self.found + self.missed

    @property
    def precision(self) -> float:
        """Return the share of the answers that are right."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what is asked for that is found."""
        return self.found / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """One difference: ``kind`` is missed or wrong, ``what`` the row it counts in.

    ``span`` is a place in the document's text without white space, if the error has one.
    """

    document: str
    kind: str
    what: str
    text: str
    span: Span | None = None


@dataclass(slots=True)
class Report:
    """The counts of all rows, and every error."""

    documents: int = 0
    articles: int = 0
    matched: int = 0
    rows: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    errors: list[Error] = field(default_factory=list)

    def value(self, row: str) -> float:
        """Return the figure that a row is judged by: F1, or recall where nothing can be wrong."""
        return self.rows[row].recall if row in RECALLED else self.rows[row].f1


def evaluate(golds: Sequence[Document], guesses: Sequence[Document]) -> Report:
    """Return how well ``guesses`` agree with ``golds``; articles are matched by their text."""
    report = Report(documents=len(golds), articles=len(guesses))
    partner = match(golds, guesses)
    report.matched = len(partner)
    for index, gold in enumerate(golds):
        found = index in partner
        _score(gold, guesses[partner[index]] if found else Document("", gold.text), report)
    for group, rows in GROUPS.items():
        for row in rows:
            if not row.endswith("relaxed"):
                counts = report.rows[row]
                report.rows[f"{group} all"].add(counts.found, counts.wrong, counts.missed)
    return report


def match(golds: Sequence[Document], guesses: Sequence[Document]) -> dict[int, int]:
    """Return for each gold document the index of the prediction that shares most text with it."""
    ours, theirs = [_grams(gold.text) for gold in golds], [_grams(guess.text) for guess in guesses]
    options = [
        (len(one & two) / max(1, len(one | two)), i, j)
        for i, one in enumerate(ours)
        for j, two in enumerate(theirs)
    ]
    partner: dict[int, int] = {}
    used: set[int] = set()
    for likeness, i, j in sorted(options, reverse=True):
        if likeness > SAME_ARTICLE and i not in partner and j not in used:
            partner[i] = j
            used.add(j)
    return partner


def _grams(text: str) -> set[str]:
    dense = squeeze(text)
    return {dense[at : at + 4] for at in range(len(dense) - 3)}


def _score(gold: Document, guess: Document, report: Report) -> None:
    overlay = lay_over(gold, guess)
    for kind in TYPES:
        _score_mentions(kind, overlay, report)
    pairing = pair_nodes(overlay)
    for kind in TYPES:
        _score_entities(kind, overlay, pairing, report)
    _score_names(overlay, pairing, report)
    _score_coreference(overlay, pairing, report)
    _score_links(overlay, pairing, report)


def _score_mentions(kind: str, overlay: Overlay, report: Report) -> None:
    ours = [p for p in overlay.gold_marks if p.mark.type == kind]
    must = {p.span for p in ours if not p.mark.nominal and not overlay.is_optional(p)}
    may = {p.span for p in ours} | {p.span for p in overlay.guess_marks if p.mark.optional}
    if kind in FORGIVING:
        may |= {p.span for p in overlay.gold_marks if overlay.is_optional(p)}
    may -= must
    got = {p.span for p in overlay.guess_marks if p.mark.type == kind and not p.mark.nominal}
    missed, wrong = must - got, got - must - may
    report.rows[f"mention {kind}"].add(len(must & got), len(wrong), len(missed))
    if kind in LOOSE:
        missed, wrong = _loosely(must, may, got)
        row = report.rows[f"mention {kind} relaxed"]
        row.add(len(must - missed), len(wrong), len(missed))
    report.errors += _span_errors("missed", kind, missed, overlay)
    report.errors += _span_errors("wrong", kind, wrong, overlay)


def _loosely(must: set[Span], may: set[Span], got: set[Span]) -> tuple[set[Span], set[Span]]:
    """Return what is missed and what is wrong if half an overlap is enough."""
    pairs = [(overlap(a, b), a, b) for a in must for b in got if overlap(a, b) >= SAME_PLACE]
    found: set[Span] = set()
    used: set[Span] = set()
    for _, asked, given in sorted(pairs, reverse=True):
        if asked not in found and given not in used:
            found.add(asked)
            used.add(given)
    spare = {b for b in got - used if any(overlap(a, b) >= SAME_PLACE for a in may)}
    return must - found, got - used - spare


def _span_errors(
    kind: str, what: str, spans: Collection[Span], overlay: Overlay
) -> Iterator[Error]:
    for span in sorted(spans):
        text = overlay.text[span[0] : span[1]] if span[0] >= 0 else "(not in the text)"
        yield Error(overlay.gold.name, kind, f"mention {what}", text, span)


def _score_entities(kind: str, overlay: Overlay, pairing: Pairing, report: Report) -> None:
    row, name = f"entity {kind}", overlay.gold.name
    asked = [
        node
        for node in overlay.gold.nodes.values()
        if node.type == kind and node.id not in pairing.optional
    ]
    missed = [node for node in asked if node.id not in pairing.guess_of]
    wrong = [
        node
        for node in overlay.guess.nodes.values()
        if node.type == kind and node.id not in pairing.gold_of and node.id not in pairing.forgiven
    ]
    report.rows[row].add(len(asked) - len(missed), len(wrong), len(missed))
    report.errors += [Error(name, "missed", row, node.name) for node in missed]
    report.errors += [Error(name, "wrong", row, node.name) for node in wrong]


def _score_names(overlay: Overlay, pairing: Pairing, report: Report) -> None:
    for gold_id, guess_id in pairing.guess_of.items():
        gold, guess = overlay.gold.nodes[gold_id], overlay.guess.nodes[guess_id]
        if gold.type != "UNIT" and not gold.coded:
            continue
        same = squeeze(gold.name) == squeeze(guess.name)
        report.rows["canonical"].add(int(same), missed=int(not same))
        if not same:
            said = f"{guess.name} for {gold.name}"
            report.errors.append(Error(overlay.gold.name, "wrong", "canonical", said))


def _score_coreference(overlay: Overlay, pairing: Pairing, report: Report) -> None:
    given: dict[tuple[str, Span], set[str]] = defaultdict(set)
    for placed in overlay.guess_marks:
        given[placed.mark.type, placed.span].add(placed.mark.entity)
    for placed in overlay.gold_marks:
        mark, (start, end) = placed.mark, placed.span
        if not mark.nominal or mark.optional or mark.type not in ("UNIT", "ORG"):
            continue
        right = pairing.guess_of.get(mark.entity) in given[mark.type, placed.span]
        report.rows["coreference"].add(int(right), missed=int(not right))
        if not right:
            said = f"{overlay.text[start:end]} → {overlay.gold.nodes[mark.entity].name}"
            error = Error(overlay.gold.name, "missed", "coreference", said, placed.span)
            report.errors.append(error)


Key = tuple[str, str, str]


def _score_links(overlay: Overlay, pairing: Pairing, report: Report) -> None:
    must: set[Key] = set()
    may: set[Key] = set()
    for link in overlay.gold.links:
        ends = {link.head, link.tail}
        target = may if link.optional or ends & pairing.optional else must
        target.add(_key(link.relation, link.head, link.tail))
    got = set(_given(overlay.guess.links, pairing))
    for relation in LINKS:
        asked, given = _only(relation, must), _only(relation, got)
        missed, wrong = asked - given, given - asked - may
        report.rows[f"relation {relation}"].add(len(asked & given), len(wrong), len(missed))
        report.errors += _link_errors("missed", missed, overlay)
        report.errors += _link_errors("wrong", wrong, overlay)


def _given(links: Sequence[Link], pairing: Pairing) -> Iterator[Key]:
    """Yield the predicted relations in gold ids, ``?id`` for an end without a partner."""
    for link in links:
        head, tail = pairing.gold_of.get(link.head), pairing.gold_of.get(link.tail)
        forgiven = {link.head, link.tail} & pairing.forgiven or {head, tail} & pairing.optional
        if not link.optional and not forgiven:
            yield _key(link.relation, head or f"?{link.head}", tail or f"?{link.tail}")


def _key(relation: str, head: str, tail: str) -> Key:
    ends = sorted((head, tail)) if relation in UNDIRECTED else (head, tail)
    return relation, ends[0], ends[1]


def _only(relation: str, keys: Collection[Key]) -> set[Key]:
    return {key for key in keys if key[0] == relation}


def _link_errors(kind: str, keys: Collection[Key], overlay: Overlay) -> Iterator[Error]:
    def name(node: str) -> str:
        if node.startswith("?"):
            found = overlay.guess.nodes.get(node[1:])
        else:
            found = overlay.gold.nodes.get(node)
        return found.name if found else node

    for relation, head, tail in sorted(keys):
        said = f"{name(head)} → {name(tail)}"
        yield Error(overlay.gold.name, kind, f"relation {relation}", said)
