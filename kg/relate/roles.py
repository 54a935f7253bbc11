"""What part a group of mentions plays in its clause, told by the words on both sides of it."""

from typing import Final

from kg.relate.reading import ACTORS, Group
from kg.relate.words import pattern

SUBJECT: Final = "subject"
PARTNER: Final = "partner"  # 联合X: acts together with the subject
HELPER: Final = "helper"  # 在X配合下
HOST: Final = "host"  # 应X邀请, 配合X: the other leads
DIRECTED: Final = "directed"  # 组织X: sent by the subject
INVITED: Final = "invited"
VENUE: Final = "venue"
RECIPIENT: Final = "recipient"
NONE: Final = "none"  # 按照X部署, 被X授予: no part in the act

# The first row whose two patterns fit decides: role, types, words before, words behind.
_FEW: Final = "[^，]{0,6}"
_ROLES: Final = (
    (NONE, ACTORS, rf"<order_by>{_FEW}$", rf"^{_FEW}<order>"),
    (HELPER, ACTORS, r"在$", rf"^{_FEW}<help>下"),
    (NONE, ACTORS, r"在$", rf"^{_FEW}<guide>(?:和{_FEW})?下"),
    (HOST, ACTORS, r"[应受]$", rf"^{_FEW}邀"),
    (NONE, ACTORS, r"(?:被|受到?|获|经|据|从|关于|对于|获得|荣获)$", ""),
    (INVITED, ("UNIT", "ORG", "LOC", "GROUP", "PER"), rf"<invite>{_FEW}$", ""),
    (PARTNER, ("UNIT", "ORG", "LOC", "GROUP", "PER"), r"<joint>(?:<direct_to>){0,2}$", ""),
    (HOST, ACTORS, r"<assist>(?:<direct_to>)?$", ""),
    (DIRECTED, ACTORS, r"<direct>(?:<direct_to>){0,2}$", ""),
    (VENUE, ("UNIT", "ORG", "LOC"), r"<enter>了?(?:<direct_to>)?的?$", ""),
    (VENUE, ("UNIT", "ORG", "LOC"), r"<at>$", ""),
    (VENUE, ("LOC",), r"[对向给为]$", r""),
    (RECIPIENT, ("UNIT", "ORG", "LOC", "GROUP"), rf"<recipient>{_FEW}$", ""),
    (SUBJECT, ACTORS, r"由$", ""),
)


def role_of(group: Group) -> str:
    """Return the part that a group of units, organisations, places or people plays."""
    for role, types, lead, trail in _ROLES:
        if group.type not in types or not pattern(lead).search(group.lead):
            continue
        if not trail or pattern(trail).match(group.trail):
            return role
    return SUBJECT if group.type in (*ACTORS, "GROUP", "PER") else NONE
