"""A line of stages so small that tests can foresee what it finds: terms of a list, where they stand.

It stands in for recognition where a test is about what comes after it.
"""

import re
from collections.abc import Iterator

from kg.model import Article, Claim, Credit, Entity, Extraction, Mention, Page, Passage

UNITS = ["柳河县公安局水上派出所", "柳河县公安局", "青石县公安局城关派出所", "青石县公安局", "县局"]
PLACES = ["柳河码头", "青石广场", "桥东小学"]
ACTS = {"防溺水宣传活动": "publicity", "夜间巡逻": "patrol", "“清波”行动": "campaign"}
PEOPLE = ["田小满", "周望川"]
_SHARED = {"UNIT", "LOC"}
_TERMS = [
    *(("UNIT", term) for term in UNITS),
    *(("LOC", term) for term in PLACES),
    *(("ACT", term) for term in ACTS),
    *(("PER", term) for term in PEOPLE),
]


def page(
    text: str, source: str = "a.txt", outlet: str = "示例报", date: str = "2025-06-05"
) -> Page:
    return Page(source, text, "plain", outlet, date, "04")


def article(
    text: str,
    source: str = "a.txt",
    outlet: str = "示例报",
    date: str = "2025-06-05",
    via: str = "",
) -> Article:
    """Return an article whose first line is its title."""
    title = text.partition("\n")[0]
    byline = (Credit("source", via),) if via else ()
    on = page(text, source, outlet, date)
    return Article(
        f"{outlet}-{date}-{title}", on, title, text, byline=byline, origin=tuple(range(len(text)))
    )


def extract(item: Article) -> Extraction:
    """Return the terms of the lists above that stand in an article, and what relates them."""
    mentions = sorted(_mentions(item), key=lambda one: one.start)
    entities = {one.entity: _entity(item, one) for one in mentions}
    found = tuple(entities[key] for key in sorted(entities))
    return Extraction(item, tuple(mentions), found, tuple(_claims(item, mentions)))


def _mentions(item: Article) -> Iterator[Mention]:
    taken: set[int] = set()
    for kind, term in _TERMS:
        for match in re.finditer(re.escape(term), item.text):
            if not taken & set(range(*match.span())):
                taken |= set(range(*match.span()))
                yield Mention(kind, *match.span(), term, _id(item, kind, term), rule="term")
    for match in re.finditer(r"\d+月(\d+)日", item.text):
        yield Mention("TIME", *match.span(), match[0], _id(item, "TIME", match[0]), rule="term")


def _id(item: Article, kind: str, term: str) -> str:
    plain = "".join(char for char in term if char.isalnum())
    campaign = ACTS.get(term) == "campaign"
    own = "" if kind in _SHARED or campaign else f"{item.id}-"
    return f"{'activity' if kind == 'ACT' else kind.lower()}-{own}{plain}"


def _entity(item: Article, mention: Mention) -> Entity:
    attributes = {}
    if mention.type == "ACT":
        attributes = {"kind": ACTS[mention.text], "topic": "drowning"}
    if mention.type == "TIME":
        month, day = re.findall(r"\d+", mention.text)
        date = f"2025-{int(month):02}-{int(day):02}"
        attributes = {"start": date, "end": date, "edtf": date, "precision": "day"}
    aliases = (mention.text[3:],) if "派出所" in mention.text else ()
    return Entity(mention.entity, mention.type, mention.text, aliases, attributes)


def _claims(item: Article, mentions: list[Mention]) -> Iterator[Claim]:
    """Relate the first of each type within a sentence to the first activity in it."""
    number = 0
    for match in re.finditer(r"[^。\n]+。?", item.text):
        inside = [one for one in mentions if match.start() <= one.start < match.end()]
        first = {one.type: one for one in reversed(inside)}
        quote = (Passage(*match.span(), match[0]),)
        for relation, head, tail in (
            ("organizes", "UNIT", "ACT"),
            ("held_on", "ACT", "TIME"),
            ("held_at", "ACT", "LOC"),
            ("takes_part", "PER", "ACT"),
            ("has_post", "PER", "UNIT"),
        ):
            if head in first and tail in first:
                number += 1
                extra = {"post": "所长"} if relation == "has_post" else {}
                ends = first[head].entity, first[tail].entity
                yield Claim(f"c{number}", relation, *ends, quote, "asserted", "frame", extra)
