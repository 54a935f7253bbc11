"""What stands beside the articles' own graphs: links between articles, and corrections."""

import hashlib
from collections.abc import Iterator
from typing import Final

from kg.export.names import Names
from kg.export.statements import Statements, is_day
from kg.graph import KnowledgeGraph
from kg.model import Reprint, Ruling, SameEvent

REPRINT: Final = "jw:reprintOf"
SAME: Final = "jw:sameEventCandidate"


def links_node(names: Names) -> str:
    """Return the graph of what links articles."""
    return names.node("links")


def corrections_node(names: Names) -> str:
    """Return the graph of corrections."""
    return names.node("corrections")


def links(graph: KnowledgeGraph, names: Names) -> Iterator[Statements]:
    """Yield the statements of each reprint and of each candidate for one event."""
    for reprint in graph.reprints:
        yield reprint_statements(reprint, names)
    for same in graph.same_events:
        yield same_statements(same, names)


def corrections(graph: KnowledgeGraph, names: Names) -> Statements:
    """Return the statements of all corrections: some share the person who decided."""
    out = Statements(names)
    for ruling in graph.rulings:
        out.update(correction_statements(ruling, names))
    return out


def reprint_statements(one: Reprint, names: Names) -> Statements:
    """Return that an article is a reprint of another."""
    first, second = f"article-{one.article}", f"article-{one.origin}"
    return _link(names, (first, REPRINT, second), one.reason)


def same_statements(one: SameEvent, names: Names) -> Statements:
    """Return that two activities may be one event."""
    return _link(names, (one.first, SAME, one.second), one.reason)


def link_node(names: Names, first: str, predicate: str, second: str) -> str:
    """Return the node that gives the reason of a link."""
    digest = hashlib.sha256(f"{first}\t{predicate}\t{second}".encode()).hexdigest()
    return names.node(f"link-{digest[:16]}")


def correction_statements(ruling: Ruling, names: Names) -> Statements:
    """Return a correction as provenance: who decided what, when, why, and what came of it."""
    out, one = Statements(names), ruling.correction
    node = names.node(f"correction-{ruling.key}")
    out.type(node, "jw:Correction", "prov:Activity")
    out.string(node, "jw:action", one.action)
    out.string(node, "jw:anchor", one.article)
    out.string(node, "jw:quote", one.quote)
    out.string(node, "jw:target", one.target)
    out.string(node, "jw:value", one.value)
    out.words(node, "rdfs:comment", one.why)
    out.day(node, "dct:date", one.when[:10])
    if not is_day(one.when[:10]):
        out.string(node, "dct:date", one.when)
    if one.who:
        agent = names.node(f"agent-{one.who}")
        out.add(node, "prov:wasAssociatedWith", agent)
        out.type(agent, "prov:Agent")
        out.string(agent, "rdfs:label", one.who)
    out.string(node, "jw:conflict", ruling.conflict)
    out.string(node, "jw:notice", ruling.notice)
    if ruling.subject and not ruling.conflict:
        out.add(node, "jw:corrects", names.node(ruling.subject))
    return out


def _link(names: Names, triple: tuple[str, str, str], reason: str) -> Statements:
    first, predicate, second = triple
    out, node = Statements(names), link_node(names, *triple)
    subject, target = names.node(first), names.node(second)
    out.add(subject, predicate, target)
    out.type(node, "jw:Link", "rdf:Statement")
    out.add(node, "rdf:subject", subject)
    out.add(node, "rdf:predicate", names.iri(predicate))
    out.add(node, "rdf:object", target)
    out.string(node, "jw:reason", reason)
    return out
