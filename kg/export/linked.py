"""What the explorer needs to name things as the RDF exports name them.

Most local names are the ids themselves; only the others are listed.
"""

from collections.abc import Sequence
from typing import Any

from kg.export.entities import CLASSES, post_node
from kg.export.evidence import PREDICATES
from kg.export.names import Names, local_name
from kg.graph import article_node
from kg.model import Article, Claim, Entity


def linked(
    entities: Sequence[Entity],
    articles: Sequence[Article],
    claims: Sequence[tuple[str, Claim]],
    base: str,
) -> dict[str, Any]:
    """Return prefixes, classes, predicates and the local names that differ from the ids.

    ``claims`` are the claims of the page in its order, each with its key.
    """
    names = Names(base)
    start = names.prefixes["jwd"]
    return {
        "prefixes": names.prefixes,
        "classes": {key: list(classes) for key, classes in CLASSES.items()},
        "predicates": PREDICATES,
        "node": _differing([entity.id for entity in entities]),
        "article": _differing([article_node(article) for article in articles]),
        "claim": _differing([key for key, _ in claims]),
        "post": {
            n: post_node(claim, names)[1:-1].removeprefix(start)
            for n, (_, claim) in enumerate(claims)
            if claim.relation == "has_post" and claim.attributes.get("post")
        },
    }


def _differing(keys: Sequence[str]) -> dict[int, str]:
    return {n: local for n, key in enumerate(keys) if (local := local_name(key)) != key}
