"""Whether an act may be for the people that a noun names: the verb before it, what speaks against it."""

import re
from typing import Final

from kg.recognise.group_signs import lead

_PASSIVE: Final = (
    "被",
    "冒充",
    "假冒",
    "伪装成",
    "扮成",
    "假扮",
    "自称",
    "涉",
    "涉案",
    "作案",
    "救起",
    "救下",
    "人系",
    "均系",
    "子系",
)
_STAFF: Final = "工作人员"  # of a bank or an office: they take part, an act is not for them
_ADVISED: Final = re.compile(r"(?:警方|公安)(?:在此)?提醒(?:广大)?$|欢迎广大$")
_ADVISES: Final = ("提醒", "广大")
_ROLE_SIGNS: Final = frozenset("当扮为")
# 孩子们当一回|老师, 把老年人列为|重点人群
_ROLE: Final = re.compile(r"(?:[当扮](?:起了?|上了?|了?一[回次]|演)?|[列作]为)$")
_BECOME: Final = re.compile(
    r"(?:、[一-鿿]{2,6}){0,2}(?:[0-9]+余?多?[名人位])?[当做](?=[一-鿿]{2})(?![代事前场天])"
)  # 请村干部|当宣传员
_INVITED: Final = re.compile(r"[请聘][^，。；]{0,8}$")
_HELP: Final = ("求助", "求救", "咨询", "举报")  # 可向民警或乘务员|求助: what the reader is told
_TOWARDS: Final = re.compile(r"向[^，。；]{0,8}$")
_ASKED: Final = ("请", "聘请", "会同")  # 请|寨老|讲款约: a helper is asked in
_HELPS: Final = re.compile(
    r"、[一-鿿]{2,8}一|[讲说唱评断当作做帮拿走坐一]|出面|协助|到场|为[^，。]{0,4}员"
)
_IN_VIEW: Final = re.compile(r"针对[^，。；]{0,6}$")
# 务工人员|多、现金多 is a state of things; with 护林员、村干部|共用一张图 nothing is done for them.
_MANIFOLD: Final = re.compile(r"多、|也多了|(?:、[一-鿿]{2,6}){0,2}共[用享]")
_TITLED: Final = re.compile(r"(?!们)[^“”，。、！？：；\n]{1,6}”")  # “司机|早餐会”
_ROUNDS: Final = re.compile(r"[、，][^，。、]{0,2}[进入访串到下]")  # 走|商户、进农家
_MEETING: Final = re.compile(r"(?:召开|举行|举办|开展)[^，。；！？\n]{0,4}$")
_AGAINST: Final = ("与", "和", "同", "跟")


def receives(text: str, start: int, end: int) -> bool:
    """Return whether a verb that has receivers stands before the noun in its clause."""
    begin = max(0, start - 28)
    verb = lead().search(text, begin, start)
    if verb is None:
        return False
    return not (verb[0].startswith(_ASKED) and _HELPS.match(text, end))


def is_no_receiver(text: str, start: int, end: int, *, of_body: bool) -> bool:
    """Return whether the noun stands in a quoted name, behind 被 or for places (走|商户、进农家)."""
    before = text[max(0, start - 8) : start]
    staff = of_body and text.startswith(_STAFF, start)
    advised = before.endswith(_ADVISES) and _ADVISED.search(before) is not None
    role = not _ROLE_SIGNS.isdisjoint(before[-3:]) and _ROLE.search(before) is not None
    if staff or advised or role or _is_told_of(text, before, end):
        return True
    titled = before.endswith("“") and _TITLED.match(text, end)
    visited = before.endswith("走") and _ROUNDS.match(text, end)
    party = text.startswith("因", end) and before.endswith(_AGAINST)  # 马某与|房东|因…
    if titled or visited or party or before.endswith(_PASSIVE):
        return True
    return _MEETING.search(before) is not None


def _is_told_of(text: str, before: str, end: int) -> bool:
    """Return whether the noun is a helper (请寨老|当劝导员), who may help, or what there is much of."""
    if text.startswith(_HELP, end):
        return _TOWARDS.search(before) is not None
    helper = _BECOME.match(text, end) is not None and _INVITED.search(before) is not None
    many = _MANIFOLD.match(text, end) is not None and not _IN_VIEW.search(before)
    return helper or many
