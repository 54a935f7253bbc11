"""What part a group of mentions plays in its clause, told by the words on both sides of it."""

import functools
import re
from collections.abc import Callable
from typing import Final

from kg.language.text import squeeze
from kg.language.words import tagged
from kg.relate.reading import ACTORS, COUNT, Group, Item
from kg.relate.words import pattern

SUBJECT: Final = "subject"
PARTNER: Final = "partner"  # 联合X: acts together with the subject
HELPER: Final = "helper"  # 在X配合下
ATTENDING: Final = "attending"  # 受邀观摩的X
HOST: Final = "host"  # 配合X: the other leads
DIRECTED: Final = "directed"  # 组织X: sent by the subject
INVITED: Final = "invited"
OTHER: Final = "other"  # a school or villagers that act by themselves
VENUE: Final = "venue"
RECIPIENT: Final = "recipient"
NONE: Final = "none"  # 按照X部署, 被X授予: no part in the act

_BODIES: Final = ("UNIT", "ORG", "LOC")
_ACTING: Final = (*ACTORS, "GROUP", "PER")
_ALL: Final = (*_BODIES, "GROUP", "PER")
_LEADS: Final = 8192  # words before a group, kept in mind
_WINDOW: Final = 8
_FEW: Final = "[^，]{0,6}"
_OF: Final = "(?:<direct_to>|[一-鿿]{1,4}的)"
_SUSPECTED: Final = (
    r"^(?:等[^，。]{0,4})?(?:有[^，。]{0,6}嫌疑|涉嫌|系(?:在逃|逃犯|嫌疑)|为[^，。]{0,6}嫌疑人)"
)
_SEIZED: Final = r"(?:(?<![即必])[将把](?:涉案)?(?:人员)?|嫌疑人|嫌犯|被告人|逃犯|在逃人员)$"
HELPERS: Final = r"(?:<helpers>|队)”?$"
# 甲镇、乙局相关负责人参加: what a place sends stands for it
_SENT: Final = (
    r"^(?:等[^，]{0,8})?(?:相关|有关|主要|分管)*(?:负责人|负责同志|领导|干部|代表)"
    r"[^，]{0,6}(?:参加|出席|列席|参会|观摩)"
)
# 传达市委|政法工作会议精神; but 甲局|传达学习会议精神
_SPIRIT: Final = (
    r"^(?:(?!传达|学习|贯彻|落实|领会|组织|召开|深入|认真|党委|党组)[^，、]){0,10}会议?精神"
)
# The first row whose two patterns fit decides: role, types, words before, words behind.
_ROLES: Final = (
    (NONE, ACTORS, rf"<order_by>{_FEW}$", r"^[^，]{0,14}<order>"),
    # 由公安部挂牌督办的|案件告破: it did not solve it
    (NONE, ACTORS, "", r"^(?:联合|直接|指定)?(?:挂牌|督办|交办|转办)(?:督办|交办|侦办)?的"),
    (NONE, ("LOC",), "", r"^(?:以外|之外)"),
    (ATTENDING, ("LOC",), r"^$", _SENT),
    (
        NONE,
        ACTORS,
        r"(?:接到|收到|接|根据)$",
        r"^[^，]{0,4}(?:指令|推送|通报|线索|求助|协查|转来|转警|请求|协作)",
    ),
    (NONE, _BODIES, r"(?:住进|安置[在到于]|(?:转移|转运|护送)[至到])$", ""),
    (NONE, ACTORS, r"作为$", ""),
    # 对该局|工作给予充分肯定
    (
        NONE,
        ACTORS,
        r"对$",
        r"^的?(?:[^，]{0,8}工作|做法|成效)[^，]{0,4}(?:给予|表示|予以|作出|作了|进行|提出)[^，]{0,8}"
        r"(?:肯定|好评|赞|表扬|认可|感谢|意见|要求|点评)",
    ),
    # 县局抽调20名特警随|市公安局突击队赶赴…: whom they go with
    (
        HELPER,
        ACTORS,
        r"[一-鿿](?<!跟)随$",
        r"^[^，]{0,8}(?:队|组|一行)?[^，]{0,4}(?:赶赴|奔赴|前往|赴|开赴|驰援|参[与加])",
    ),
    (NONE, _BODIES, r"[将把][^，]{1,12}交[到给]$", ""),
    (NONE, ("PER",), r"[为给替帮]$", rf"^等{COUNT}?$"),
    (SUBJECT, ACTORS, r"^与(?:之|其|该[^，]{1,2})[^，]{0,4}(?:邻|连|接壤|相望|之隔)的$", ""),
    (NONE, ACTORS, r"建议(?:<direct_to>)?$", ""),
    (NONE, ACTORS, "", r"^[^，]{0,4}一[到来响]$"),
    (NONE, ACTORS, r"在$", r"^<guide>[和、及与]$"),
    (HOST, ACTORS, r"(?:<join>|出席)了?$", r"^[^，]{0,6}<hold>的"),
    (HELPER, ACTORS, r"(?:[和及与]|<list>)$", r"^[^，]{0,4}<help>下"),
    # 围绕矛盾调处、甲小学安全展开讨论: what is talked about
    (
        NONE,
        ("LOC",),
        r"(?:围绕|就|聚焦)[^，]*$",
        r"^[^，]{0,14}(?:讨论|交流|研讨|商讨|探讨|协商|座谈|建言|献策)",
    ),
    (VENUE, ("LOC",), r"^(?:走|走过|沿着?|途经|穿过|绕着?|顺着)$", ""),
    (RECIPIENT, ("GROUP",), r"用$", r"^[听看]得懂"),
    (RECIPIENT, ("GROUP",), r"接待[^，]{0,6}$", ""),
    (RECIPIENT, ("GROUP",), "", r"^的?手[中里上]"),
    # 把老年人作为重点
    (
        RECIPIENT,
        ("GROUP",),
        rf"(?:^|，)[把将以]{COUNT}?$",
        r"^(?:等[^，]{0,8})?(?:作为|列为|列入|当作|为)[^，]{0,6}(?:重点|对象)",
    ),
    # 与老人们一起包饺子
    (
        RECIPIENT,
        ("GROUP",),
        rf"(?:^|，)[与和同陪]{COUNT}?$",
        r"^(?:一起|一同|共同|一道)(?:动手)?[包做煮吃过唱玩贴写看品赏聊猜]",
    ),
    (
        RECIPIENT,
        ("GROUP",),
        r"[与和同跟][^，]{0,8}$",
        r"^(?:代表)?(?:逐[一户个人])?(?:签|[^，]{0,8}?<chat>)",
    ),
    (RECIPIENT, ("GROUP",), r"[与和同跟]$", r"^面对面"),
    (NONE, _ALL, r"[与和同跟]$", r"^(?:生[活产])?(?:息息|密切|切身|紧密)?(?:相关|有关|相连|利益)"),
    (NONE, _ALL, r"[与和同跟]$", r"^[^，]{0,8}(?:座谈|沟通|对接|洽谈|会谈|会面)[^，]{0,4}$"),
    (NONE, ACTORS, r"[与和同跟]$", r"^[^，]{0,4}取得了?联系"),
    (NONE, ACTORS, r"(?:依托|根据|按照|借助)$", r"^[^，]{0,4}<pass_on>的"),
    # 按照市局|“强基础、树品牌”工作要求
    (NONE, ACTORS, r"(?:落实|结合|响应|贯彻|按照|根据|遵照|依照|围绕)$", r"^(?:[^，]{2,6}的)?$"),
    # 落实国家移民管理局便民政策，推出甲
    (
        NONE,
        ACTORS,
        r"(?:落实|响应|贯彻|执行|依据|按照|遵照)$",
        r"^[^，]{0,10}(?:政策|措施|举措|规定|要求|部署|精神|决策|意见|通知|方案|号召|指示)",
    ),
    (NONE, ("PER",), r"[为给替帮][^，]{1,10}的$", ""),
    (ATTENDING, ("PER",), r"(?:^|，)在[^，]*$", r"^的?(?:带领)?领[誓学]下"),
    (RECIPIENT, ("GROUP",), rf"<enter>了?[^，、]{{0,4}}{COUNT}?$", r"^[^，]{0,6}?<home>"),
    (RECIPIENT, ("GROUP",), rf"<care>[^，、]{{0,6}}{COUNT}?$", ""),
    (RECIPIENT, ("GROUP",), r"(?:趁着?|引得|逗得|惹得)$", ""),
    (NONE, (*ACTORS, "GROUP"), r"^[是系]$", ""),
    (HELPER, ACTORS, r"在$", r"^[^，]{0,14}(?:<help>|陪同)下"),
    # 新警在甲大队民警的带领下参观
    (HELPER, ACTORS, r"在$", rf"^{_FEW}(?:带领|率领|引领|引导|领[誓读学])下"),
    (NONE, ("LOC",), r"在$", r"^[^，]{0,4}(?:出现|现身|出没|藏匿|藏身|躲藏|落脚)"),
    (SUBJECT, ACTORS, r"(?:^|，)在$", r"^的?牵头(?:组织)?下"),
    (NONE, ACTORS, r"(?:^|，)在[^，]*$", rf"^{_FEW}<guide>(?:[和、]?[^，]{{0,12}})?下"),
    (NONE, ACTORS, r"[应受]$", rf"^{_FEW}邀"),
    (DIRECTED, ACTORS, r"从$", r"^[^，]{0,4}(?:抽调|抽组|选派|选调|抽出)"),
    (DIRECTED, ACTORS, r"由$", r"^[^，]{0,6}组成的[^，]{0,8}(?:组|专班)”?$"),
    (SUBJECT, ACTORS, r"由$", r"^[^，]{0,6}组成[^，的]{0,8}(?:组|专班|队)”?(?:全力)?<hold>"),
    # 第一组|由甲大队、乙海关组成，对丙码头开展巡查
    (
        SUBJECT,
        ACTORS,
        r"^(?:第?[一二三四五六七八九\d]|另一?|其中一|[东西南北])个?(?:小|路)?[组队]由$",
        r"^[^，]{0,6}组成$",
    ),
    (NONE, ACTORS, r"(?<!来)<apart>[^，]{0,2}$", ""),
    (NONE, ACTORS, r"(?:^的|^(?!.*(?:牵头|组织|主办|发起))(?!这|那|正是).+是)$", ""),
    (ATTENDING, ("PER",), r"[为给]$", r"^[^，]{0,4}[颁授佩献]"),
    (RECIPIENT, ("GROUP",), r"(?<![邀约聘特盛诚敬申提恳])请$", r"^(?!当|担任|做|作|现身)"),
    (RECIPIENT, ("GROUP",), r"<invite>[^，]{0,6}$", r"^[^，]{0,4}<visit>"),
    # 聘请|老党员、教师担任调解员: a post they are given
    (
        NONE,
        ("GROUP", "PER"),
        r"聘(?:请|任|用)了?[^，；]{0,6}$",
        r"^(?![^，]{0,8}(?:授课|讲课|讲座|讲解|辅导|培训|开展|参[加与]))",
    ),
    (VENUE, _BODIES, r"<invite>[^，]{1,8}(?:参观|走进|观摩|参访|体验)了?$", ""),
    (ATTENDING, ACTORS, "", r"^(?:代表队|参赛队|选手)(?!由)"),
    (INVITED, _ALL, rf"(?<![受应])<invite>{_FEW}$", ""),
    (NONE, ACTORS, r"[与和]$", r"^(?:存在|发生|产生|因|有)[^，]{0,8}(?:纠纷|矛盾|争议|冲突)"),
    (
        VENUE,
        ACTORS,
        r"^$",
        r"^的?(?:门前|门口|院子?[里内]|大院[里内]?|操场上?)(?![^，]{0,2}[召举开])",
    ),
    (NONE, ("PER",), r"（(?:[^（），]{0,8}(?:记者|通讯员|摄影|作者))?[：\s]*$", ""),
    (NONE, ("PER",), "", r"^(?:总书记|[^，]{0,14}(?:思想|重要讲话|重要指示))"),
    (NONE, ("PER",), r"(?:对|记者|通讯员|烈士|牺牲的?[民辅]警)$", ""),
    (
        NONE,
        ("PER",),
        "",
        r"^(?:烈士|同志)?的?<kin>",
    ),
    (NONE, ("PER",), r"(?:走访|前往|敲开)了?$", r"^的?(?:家|店|摊)"),
    (NONE, ("PER",), r"(?<![得签收轮遇想见])(?:到|走进|找到)了?$", ""),
    (NONE, ("PER",), "", r"^的?家(?![属长人访校庭])"),
    (NONE, ("PER",), "", r"^(?:同志|烈士|警官)?的[^，]{0,4}(?:事迹|故事|精神|生平)"),
    (NONE, ("GROUP",), "", r"^(?:正式|同步|随即)?(?:成立|挂牌)"),
    (NONE, ACTORS, "", _SPIRIT),
    (NONE, ACTORS, r"集[^，]{1,12}[与和]$", r"^(?:合一|于?一体)"),
    (NONE, ACTORS, r"(?:上报|报告|汇报|移交|转交)[给至]?[^，]{0,6}$", ""),
    (NONE, ("LOC",), r"<direct>[^，]*$", r"^(?!在)[^，]{0,6}队"),
    (
        NONE,
        ("GROUP",),
        r"针对[^，]{0,6}$",
        r"^[^，]{0,10}(?:薄弱|不[足强高]|欠缺|淡薄)[^，]{0,6}问题",
    ),
    (NONE, ("GROUP",), r"(?:防止|避免|杜绝|预防)$", ""),
    (
        ATTENDING,
        ("PER",),
        r"^由[^，]{0,12}$",
        r"^(?:挂帅|坐镇|任(?:总指挥|指挥长?|组长)|担任(?:现场)?(?:总指挥|指挥长?|组长|领队)|为组长|亲自|带路|引路|领路|当向导|作向导)",
    ),
    (RECIPIENT, ("GROUP",), rf"(?:带上|带着|领着|喊上|叫上)(?:{COUNT}|[^，、]{{1,3}}年级)?$", ""),
    (VENUE, ("LOC",), r"(?:利用|趁着?|借着?)$", r"^[^，]{0,4}(?:[逢赶][集圩场]|庙会)"),
    (ATTENDING, ("PER",), r"从$", r"^手[中里上]?[接领]"),
    (ATTENDING, _ALL, r"<invited_of>的[^，、的]{0,6}$", ""),
    (RECIPIENT, (*_BODIES, "GROUP"), r"(?:参观|体验|听课)的(?:还?有|是)$", ""),
    (ATTENDING, _ALL, r"(?:<come>|来|赶来|到场|前来|同行)的(?:还?有|是)(?:[^，]{0,8}的)?$", ""),
    (ATTENDING, _ALL, r"^还有(?:[^，]{0,8}的)?$", ""),
    (PARTNER, _ALL, rf"<joint>(?!行的|志){_OF}{{0,2}}{COUNT}?$", ""),
    (PARTNER, ACTORS, r"(?:[与同]|联合|携手)[^，]{1,10}(?:<list>)$", ""),
    (HOST, ACTORS, r"<assist>(?:<direct_to>)?$", ""),
    (DIRECTED, ACTORS, rf"<direct>{_OF}{{0,2}}$", ""),
    (DIRECTED, ACTORS, r"<direct>[^，]{1,10}<list>$", ""),
    (VENUE, _BODIES, rf"<enter>了?{_OF}?的?$", ""),
    (VENUE, ("LOC", "ORG"), r"<inspect>了?(?:<direct_to>)?$", ""),
    (VENUE, ("LOC",), r"以(?:[^，]{1,12}<list>)?$", r"^[^，]{0,8}为(?:重点|中心|主战场|主阵地)"),
    (VENUE, _BODIES, r"<at>(?:[^，]{0,8}的|县?城区?|主?城区|[市辖镇]区)?$", ""),
    (VENUE, ("LOC",), r"(?:<at>|<enter>)[^，]{1,12}<list>$", ""),
    (
        VENUE,
        ("LOC", "ORG"),
        r"[搬开摆设办送支摊]到了?$",
        r"^[^，]{0,4}(?:门口|门前|前|口|上|里|边|旁)?(?=，|$)",
    ),
    (VENUE, ("LOC",), r"热闹的(?:还有|还是|要数|当属|是)$", ""),
    # 为甲小学赠送图书: it stands for those who get them
    (RECIPIENT, ("LOC",), r"[对向给为]$", r"^(?:无偿|现场|免费)?(?:赠|捐|送[去上来给]|颁发)"),
    (VENUE, ("LOC",), r"[对向给为]$", r""),
    (VENUE, ("LOC",), r"对[^，]{1,8}(?:周边|附近|沿线)的$", ""),
    (RECIPIENT, (*_BODIES, "GROUP"), rf"<recipient>[^，、]{{0,6}}{COUNT}?$", ""),
    (RECIPIENT, ("GROUP",), r"(?:面向|[向为对])[^，]{1,16}(?:<list>)$", ""),
    (RECIPIENT, ("GROUP",), r"[向为对给替](?:[^，、]{1,8}、){1,4}[^，、]{1,8}的$", ""),
    (RECIPIENT, ("GROUP",), rf"[向为给][^，、]{{1,14}}的{COUNT}?$", ""),
    (RECIPIENT, ("GROUP",), r"[向为给](?:[一二三四五六七八九]、)+[^，、]{1,6}$", ""),
    (NONE, ACTORS, r"由$", r"^[^，]*组成"),
    (SUBJECT, ACTORS, r"(?:由|来自|<list>|[也则])$", ""),
    (NONE, ACTORS, r"<object>了?$", ""),
)


_Search = Callable[[str], re.Match[str] | None]
_Row = tuple[str, _Search | None, re.Pattern[str] | None]


@functools.cache
def _rows(kind: str, *, bare: bool) -> tuple[_Row, ...]:
    """Return the rows for a type of group; ``bare`` leaves those that want words before it."""
    return tuple(
        (
            role,
            None if bare or not lead else pattern(lead).search,
            pattern(trail) if trail else None,
        )
        for role, types, lead, trail in _ROLES
        if kind in types and (not bare or pattern(lead).search(""))
    )


@functools.lru_cache(maxsize=_LEADS)
def _open_rows(kind: str, words: str) -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """Return the rows that the words before a group leave open, up to one that asks no more."""
    rows: list[tuple[str, re.Pattern[str] | None]] = []
    for role, search, trail in _rows(kind, bare=not words):
        if search is None or search(words):
            rows.append((role, trail))
            if trail is None:
                break
    return tuple(rows)


def role_of(group: Group) -> str:
    """Return the part that a group of units, organisations, places or people plays."""
    for role, trail in _open_rows(group.type, group.lead):
        if trail is None or trail.match(group.trail):
            return role
    if not group.lead:
        alone = group.type in _BODIES and _stands_alone(group)
        return VENUE if alone else NONE if group.type not in _ACTING else SUBJECT
    if group.type not in _ACTING or _is_object(group):
        return NONE
    return SUBJECT


def may_act(item: Item, authors: frozenset[str]) -> bool:
    """Return whether a person can act for a unit: no author, nor 李某, a suspect, nor 冯阿姨."""
    name = squeeze(item.mention.text)
    others = "某" in name or name in authors or pattern(r"<neighbour>$").search(name)
    return item.type == "PER" and not others


def acting(group: Group) -> tuple[Item, ...]:
    """Return those of a group that may act: none who is seized or suspected.

    将王五抓获, 嫌疑人甲、乙, 认定甲有重大作案嫌疑
    """
    if group.type != "PER":
        return group.items
    seized = pattern(_SEIZED).search(group.lead) or pattern(_SUSPECTED).match(group.trail)
    return () if seized else group.items


def is_team(item: Item) -> bool:
    """Return whether a unit is set up here to act (抽调12人组成“甲”骑警队，在乙开展巡逻)."""
    ends = item.mention.text.endswith(("队", "队”"))
    return ends and bool(pattern(r"(?:组成|组建|成立)[起了]?(?:一支)?$").search(item.lead))


def _stands_alone(group: Group) -> bool:
    """Return whether a place is a clause by itself (8日，X镇路段，某队…)."""
    sign = group.after[len(group.trail) :][:1]
    if sign != "，" and not sign.isspace():
        return False
    place = r"^<spot>?$" if group.type == "LOC" else r"^<office><spot>?$"
    return bool(pattern(place).match(group.trail))


def _is_object(group: Group) -> bool:
    """Return whether a verb stands before a body, so that something is done to it."""
    if group.type not in ACTORS or len(group.lead) < 2 or group.lead.endswith("是"):
        return False
    words = tagged(group.lead[-_WINDOW:])
    return bool(words) and words[-1][1] == "v" and len(words[-1][0]) > 1
