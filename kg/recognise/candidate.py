"""What a recogniser proposes: a span, a type, the rule that found it, and how sure the rule is."""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from kg.records import record

# How sure a rule is. decode.py adds a little for length, so these decide between rules,
# and length between readings of one rule.
CERTAIN: Final = 4.0  # the form can hardly be anything else: 《…》 as a document, X公安局
LIKELY: Final = 3.0  # a form with its usual context
POSSIBLE: Final = 2.0  # a form alone


@record
class Candidate:
    """A proposed mention. ``attributes`` go on to the entity (kind, topic, post, code …)."""

    type: str
    start: int
    end: int
    rule: str
    weight: float = POSSIBLE
    nominal: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
