"""Who acted together, and whom a number of them means (3个派出所 · 两地警方 · 三方)."""

from decimal import Decimal
from typing import Final

from kg.language.numbers import parse_number
from kg.relate.reading import ACTORS, Item, Reading, Sentence
from kg.relate.words import pattern

# 3个派出所: those listed before
_SEVERAL: Final = (
    r"(?:^|[，；])(?P<many>[2-9二两三四五六七八九]|几)[个家]"
    r"(?P<what>(?:边境)?(?:派出所|大队|中队|支队|单位|所队?|部门|<branch>)|公安局|分局)"
)
# 两所民警, 两地警方: as many units that once acted together
_PAIR: Final = (
    r"(?:^|[，；。])(?P<many>[两二三四])(?P<what>[所地局省市县])"
    r"(?:民警|警方|警力|警察|公安机关|公安局|公安)"
)
_COUNTED: Final = r"[，；](?P<many>[三四])方"

# 全县公安机关, 各级公安部门, 交警部门: bureaus and all below them, of which no station stands for the rest
_CLASS: Final = (
    r"(?:^|[，。；\s])(?:(?!介绍|联合|会同|配合|[向由与和对])[^，。；]){0,8}?"
    r"(?:(?:(?P<level>[省区市州盟县旗])|各[级地])[^，。；]{0,6}公安(?:机关|部门)|(?:交警|交管)部门)(?!的)"
)
_LOW: Final = ("派出所", "大队", "中队", "警务站", "警务室")
_HIGH: Final = "省市州盟"


def of_class(actors: list[Item], told: str) -> list[Item]:
    """Return those of actors told of before that may act where a class of units does."""
    found = pattern(_CLASS).search(told) if "公安" in told or "部门" in told else None
    if found is None:
        return actors
    low = (*_LOW, "分局") if found["level"] and found["level"] in _HIGH else _LOW
    return [i for i in actors if i.type == "UNIT" and not i.mention.text.endswith(low)]


class Company:
    """Remembers who acted together.

    ``several`` is the last list of actors, ``allied`` the last with its partners, ``hosts`` are
    those who carry out each activity.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.several: list[Item] = []
        self.allied: list[Item] = []
        self.hosts: dict[str, list[Item]] = {}

    def note(self, subjects: list[Item], partners: list[Item]) -> None:
        """Remember a list of those who act, and of all who act together."""
        self.several = subjects if len(subjects) > 1 else self.several
        self.allied = [*subjects, *partners] if partners else self.allied

    def meant(self, opening: str) -> list[Item]:
        """Return whom the opening of a sentence means by a number, if it does."""
        if not self.several and not self.allied and not self.hosts:
            return []
        found = pattern(_SEVERAL).search(opening)
        meant = self._listed(found["many"], found["what"]) if found else []
        found = None if meant or not self.hosts else pattern(_PAIR).search(opening)
        if found is None:
            return meant
        return self._together(parse_number(found["many"]), "所" if found["what"] == "所" else "局")

    def _listed(self, many: str, what: str) -> list[Item]:
        """Return whom a number means: those listed last, or as many that once acted together."""
        number = parse_number(many)
        if pattern(r"^<branch>$").match(what) and len(self.allied) == number:
            return self.allied
        if not what.endswith("局"):
            fits = len(self.several) == number or not what.endswith("所")
            return self.several if fits else self._together(number, "所") or self.several
        return self._together(number, "局")

    def _together(self, many: Decimal | None, ending: str) -> list[Item]:
        """Return as many units as once acted together last, if their names end so.

        Those count too who joined in later in a list (甲局举办比武，乙局、丙局参赛).
        """
        acted = list(reversed(self.hosts.values()))
        for hosts in (*acted, *([*hosts, *self.several] for hosts in acted)):
            together = {item.entity: item for item in hosts}
            names = [self.reading.entities[entity].name for entity in together]
            if len(names) == many and all(name.endswith(ending) for name in names):
                return list(together.values())
        return []

    def counted(self, sentence: Sentence, item: Item) -> list[Item]:
        """Return the bodies of a sentence, if they are as many as it says (甲通报乙、丙，三方启动)."""
        start = item.mention.start
        found = pattern(_COUNTED).search(self.reading.text, sentence.span.start, start)
        if found is None:
            return []
        named = {
            one.entity: one
            for one in sentence.items
            if one.type in ACTORS and one.mention.end <= found.start()
        }
        return list(named.values()) if len(named) == parse_number(found["many"]) else []
