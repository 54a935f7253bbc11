"""What an activity is (its kind) and what it is about (its topics), from the words that name it."""

import functools
from typing import Final

from kg.language.activity_signs import pattern
from kg.language.lexicon import lexicon
from kg.language.scan import Scan

# A head that says little leaves the kind to the word before it (救援|行动, 反诈宣传|活动).
_CAMPAIGN: Final = ("行动", "会战", "攻坚", "提升年", "建设年", "斗争", "整治")
_MOST_TOPICS: Final = 3


def kind_of(text: str, kind: str) -> str:
    """Return the kind of the activity that ``text`` names; ``kind`` is what its head says, or ""."""
    if text.endswith("会"):
        return "meeting"
    if kind:
        return kind
    if "宣传" in text or "宣讲" in text:
        return "publicity"
    return next(reversed(_heads(text)), "") or _kind_of_formula(text)


def _kind_of_formula(text: str) -> str:
    if any(word in text for word in _CAMPAIGN) or text.endswith("”活动"):
        return "campaign"
    taught = "课" in text or "讲堂" in text or text.endswith(("活动", "”"))
    return "publicity" if taught else "campaign"


@functools.lru_cache(maxsize=4096)
def _heads(text: str) -> list[str]:
    """Return the kinds of the telling heads in ``text``, in order."""
    terms = {**lexicon().terms("act.deed"), **lexicon().terms("act.head")}
    found = pattern("act.head", "act.deed").findall(text)
    return [terms[term] for term in found if terms[term]]


def topics_of(scan: Scan, start: int, end: int) -> str:
    """Return the topics, comma-separated: of the name itself, else of its sentence, else the title."""
    sentence = scan.sentence_at(start)
    for left, right in ((start, end), (sentence.start, sentence.end), (0, scan.title_end)):
        topics = _topics(scan.text[left:right])
        if topics:
            return ",".join(topics[:_MOST_TOPICS])
    return "other"


def _topics(text: str) -> list[str]:
    terms = lexicon().terms("topic")
    return list(dict.fromkeys(terms[term] for term in pattern("topic").findall(text)))
