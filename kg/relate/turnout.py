"""How many came: a number, who they are, and behind them that they were there (300余名师生参加)."""

from typing import Final

from kg.language.numbers import Quantity
from kg.relate.words import pattern

# Who does what is told of in a verb behind the number, where other outcomes have it in front.
_VERB: Final = (
    "参加|参与|听课|听讲|聆听|(?:受|受到|接受|接受了)(?:安全|法治|禁毒|反诈|防诈|警示)?教育"
    "|参训|参演|到场|观看|参赛|参会|旁听|观摩|观礼|签名|见证|围观"
)
_NO_EVENT: Final = "组织|者|度|率|人员|人数|作案|诈骗|盗窃|犯罪|赌博|斗殴|打架"
CAME: Final = rf"(?:{_VERB})(?!{_NO_EVENT})"
_WHO: Final = r"[^，。；：！？\s0-9在把将被向给为对后时中了着是就]{1,14}?"
_HOW: Final = r"(?:都|也|均|一同|一起|共同|积极|踊跃|纷纷|现场|先后|自愿|依次|分别|应邀|受邀|全程|代表|驻足|前来|热情)*"
_TURNOUT: Final = rf"^(?P<who>{_WHO}){_HOW}(?P<came>{_VERB})(?!{_NO_EVENT})"
_ALONE: Final = rf"^{_HOW}(?P<came>{_VERB})(?!{_NO_EVENT})"  # 共180余人|参会
_PEOPLE: Final = ("人", "人次")
_WANTED: Final = r"嫌疑|犯罪|团伙|违法|涉案"
_COUNTED: Final = frozenset(("名", "人", "位", "户", "家", "个", "所", "支", "人次", "组", "对"))
_FAR: Final = 24


def came(text: str, quantity: Quantity) -> str:
    """Return what a number of people counts whose verb stands behind them, else nothing."""
    if quantity.unit not in _COUNTED:
        return ""
    behind = text[quantity.end : quantity.end + _FAR]
    bare = pattern(_ALONE).match(behind) if quantity.unit in _PEOPLE else None
    if bare:
        return bare["came"]
    found = pattern(_TURNOUT).match(behind)
    if found is None or pattern(_WANTED).search(found["who"]):
        return ""
    came = "受教育" if found["came"].endswith("教育") else found["came"]
    return came + found["who"]
