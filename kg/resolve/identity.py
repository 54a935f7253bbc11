"""Ids that follow from content: the same thing gets the same id in every article and run."""

import re
import unicodedata
from typing import Final

from kg.language.lexicon import lexicon
from kg.resolve.labels import label, plain, quoted
from kg.resolve.organs import plain_name
from kg.resolve.tree import ASSOCIATION, ORGAN, ZONE, Tree, Unit
from kg.resolve.wordings import Thing

_SAFE: Final = re.compile(r"[0-9A-Za-z㐀-䶿一-鿿_-]*")
_UNSAFE: Final = re.compile(r"[^0-9A-Za-z㐀-䶿一-鿿_-]+")
_PREFIX: Final = {
    "ACT": "activity",
    "GROUP": "group",
    "METHOD": "method",
    "DOC": "document",
    "PER": "person",
    "TIME": "time",
}
_ZONE_MARK: Final = f"{ZONE}:"  # before a zone in the last step of its branch's key
_YEARLY: Final = re.compile(r"\d{2,4}年?|第.{1,3}[次届期]")


def local_name(*parts: str) -> str:
    """Return a readable id of letters, digits, Han, - and _ (RDF.md: safe in every writer)."""
    name = "-".join(parts)
    if "" not in parts and _SAFE.fullmatch(name):  # as nearly always
        return name
    return "-".join([cleaned for part in parts if (cleaned := _cleaned(part))])


def _cleaned(part: str) -> str:
    return _UNSAFE.sub("", unicodedata.normalize("NFKC", part))


def unit_id(tree: Tree, unit: Unit, article: str) -> str:
    """Return the id of a unit: its region's code and its way down from the agency.

    The wording does not count (交警大队 = 交管大队), nor the order of a branch's name. A unit whose
    region stays unknown is its article's own, unless its agency has a name of its own.
    """
    code = unit.region.code if unit.region else ""
    owner = code or ("" if _tells(tree.root(unit.key)) else article)
    return local_name("unit", owner, *_steps(tree, unit))


def _tells(root: Unit) -> bool:
    """Return whether an agency's printed name is like no other: 长江航运公安局, 公安部."""
    return root.level == "ministry" or any(
        sign in root.tail for sign in lexicon().terms("unit.system")
    )


def _steps(tree: Tree, unit: Unit) -> list[str]:
    """Return the way from the organ, else from the root, down to a unit."""
    down: list[str] = []
    for step in tree.line(unit.key):
        if step.kind == ORGAN and step.region is not None:
            down.append(plain_name(tree.context.gazetteer, step.region.code))
            break
        down.append(step.key[-1].removeprefix(_ZONE_MARK).replace("@", ""))
    else:
        root = tree.root(unit.key)
        if root.kind == ASSOCIATION:
            return [root.tail]
        down[-1] = label(root.tail or root.key[-1])
    down.reverse()
    return down


def thing_id(thing: Thing, article: str) -> str:
    """Return the id of anything that is no unit, place or organisation.

    Documents, methods and named campaigns are shared by all articles; a person belongs to a unit
    (its owner) or else to the article, all others to the article.
    """
    kind = thing.type
    prefix = _PREFIX[kind]
    if kind == "PER":
        return local_name(prefix, thing.owner.removeprefix("unit-") or article, plain(thing.name))
    if kind in ("DOC", "METHOD"):
        return local_name(prefix, plain(thing.name))
    if kind == "ACT" and is_campaign(thing):
        return local_name("campaign", quoted(thing.name) or plain(thing.name))
    return local_name(prefix, article, thing.bare)


def is_campaign(thing: Thing) -> bool:
    """Return whether an activity is a campaign with a name of its own, known beyond one article."""
    campaign = thing.attributes.get("kind") == "campaign"
    return campaign and bool(quoted(thing.name) or _YEARLY.search(thing.name))
