"""Who holds which post where: a unit, a post and a name side by side."""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.text import Span
from kg.model import Mention
from kg.relate.claims import Claims
from kg.relate.reading import ACTORS, Item, Reading, Sentence
from kg.relate.words import pattern

# 党委书记、局长 · 禁毒大队副大队长 · 三级警长
# Neither 邀请|教授X nor 成立由|副局长X任组长的专班 tells of a post of the unit before it.
_TITLE: Final = r"(?:(?!由|以|邀请|特邀|聘请|慰问|看望|走访|联系)[一-鿿]){0,5}?<post>"
# … and a unit that sends somebody is theirs: 派出|民警X, 组织|辅警X, but 组织部部长X
_SENDS: Final = r"(?:专门|迅速|立即|随即|先后)?(?:派出|安排|指派|选派|委派|抽调|表彰|组织(?![部委员科股处人]))了?"
_TITLES: Final = rf"{_TITLE}(?:[、兼及和]{_TITLE})*"
_BEHIND: Final = rf"^(?:的|原|现任|年轻|老|{_SENDS})?(?P<post>{_TITLES})(?:的|、|，)?$"
_AFTER_NAME: Final = r"^(?P<post><post>)"
_OF_ALL: Final = ("民警", "辅警")
_OF_COURTS: Final = ("法官", "检察官")
# 王某是某所副所长 · 王某，某大队民警，
_IS: Final = r"^，?(?:是|就是|系|任|现任|时任|担任)$"
# 县公安局|长X: what of the unit's name the post shares a sign with
_LED: Final = re.compile("(?:[总支大中小]队|[局厅处科所队站])$")
# 任命甲为某局局长 · 甲被任命为某局局长
_NAMED_TO: Final = r"^(?:同志)?(?:被(?:任命|选举|推选|聘任)为|出任|接任|升任|调任|转任|兼任)$"
_TO: Final = ("为", "同志为")
_APPOINTING: Final = ("任命", "选举", "推选", "聘任")
_HE_IS: Final = r"^[他她](?:就?是|现任|任)$"
# 甲，男，1973年出生，现任某大队大队长 · 甲是窗口的大姐大，某中队副中队长
_OF_SEX: Final = r"^，[男女]，"
_NOW: Final = r"(?:现任|现为|现是|现系|系|时任)$"
# 2015年调到|某派出所|任社区民警
_MOVED: Final = r"(?:调[到入至往]|分配到|派到|来到|回到|转业到)$"
_SERVES: Final = r"^，?(?:挂职|先后|现|后)*担?任$"  # 来到甲局，挂职任乙大队副大队长
_TAKEN_UP: Final = rf"^(?:挂职)?(?:担?任|当上?|做)(?:一名|了)?(?P<post>{_TITLES})$"
_CALLED: Final = r"^是[^，。；：]{2,14}，$"
_SAID: Final = rf"^(?:的|一名|一位|的一名)?(?P<post>{_TITLES})$"
# 接到某中心指令: who is told, not who tells
_ADDRESSED: Final = r"(?:接到|收到|联系|通知|通报|移交|请示)$"
_PASSES_ON: Final = r"^[^，]{0,4}<pass_on>的"  # 依托某中心下发的预警指令
# 收下某所的新警甲、乙: whose people they are, not whose head speaks next
_OWNERS: Final = r"^的(?:新警|新民警|新入职|新同事|徒弟|同行|同事|战友)"
# 卡点执勤的民警X, 专案民警X, 志愿队队长X: not of the unit named last.
_WHOSE: Final = (
    "的",
    "退休",
    "牺牲",
    "已故",
    "困难",
    "患病",
    "住院",
    "受伤",
    "负伤",
    "援藏",
    "援疆",
    "专案",
    "当地",
    "乘",
    "志愿队",
    "志愿服务队",
    "义警队",
    "宣讲队",
    "协会",
    "公司",
)
_STRANGE: Final = ("当地", "外地", "对方", "退休", "牺牲")  # 甲跟着当地民警|乙走村入户
_INVITED: Final = r"(?:邀请|特邀)[^，。；]*$"
_INVITED_REACH: Final = 40
_ON_DUTY: Final = (
    r"(?:正在[^，]{0,6}|路过[^，]{0,4}|返回[^，]{0,4})(?:巡逻|执勤|值[班守]|出警|巡查|带队)的$"
)
_OF_VILLAGES: Final = (
    r"(?:村|社区|[镇乡校]|街道)(?:党委|党总支|党支部|两委|委会|居委会|支部)?副?(?:书记|主任|会计)$"
)
_NOTED: Final = rf"^(?:原|现任)?(?P<post>{_TITLES})）"  # 徐长林（某派出所所长）
# 两地公安局局长甲、乙代表双方签字
_BOTH: Final = (
    rf"(?:[两双]方|两[地省市县区州局])(?:公安(?:局|分局)?|警方|单位)?(?P<post>{_TITLES})$"
)
# 民警甲和辅警乙, but 来到民警乙家中
_BESIDE: Final = (
    r"^，?(?!来到|走进|看望|慰问|探望|[对向为给把将])[^，。；：]{0,4}?(?P<post><post>)$"
)
_POSTS: Final = 4096  # posts kept in mind


def relate_posts(reading: Reading, claims: Claims) -> None:
    """Add has_post for every person named with a post."""
    posts: _Posts | None = None
    for sentence in reading.sentences:
        for item in sentence.items:
            if item.type == "PER":
                posts = posts or _Posts(reading, claims)
                posts.relate(sentence)
                break
        else:
            if posts is not None and sentence.items:
                posts.go_on(sentence)


class _Posts:
    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.claims = claims
        self.known: dict[str, Item] = {}  # the unit of each person
        self.last: Item | None = None  # whom 他 means

    @functools.cached_property
    def paragraphs(self) -> dict[int, list[Item]]:
        """Return the units of each paragraph."""
        found: dict[int, list[Item]] = {}
        for sentence in self.reading.sentences:
            units = found.setdefault(sentence.paragraph, [])
            units += [item for item in sentence.items if item.type == "UNIT"]
        return found

    @functools.cached_property
    def lead(self) -> list[Item]:
        """Return the first unit below the title, if there is one."""
        body = self.reading.scan.title_end
        units = (item for paragraph in self.paragraphs.values() for item in paragraph)
        return list(itertools.islice((i for i in units if i.mention.start >= body), 1))

    def relate(self, sentence: Sentence) -> None:
        """Add the posts that one sentence names."""
        self.sentence, self.items = sentence, sentence.items
        held: list[tuple[Item, str, str]] = []
        both: list[tuple[Item, str, str]] = []
        for index, item in enumerate(self.items):
            if item.type != "PER":
                continue
            listed = index > 0 and self.items[index - 1].type == "PER" and item.before in "、和"
            if not listed:
                both = self._of_both(index)
                held = both[:1] or self._noted(index) or self._posts(index)
            elif both:
                held, both = both[1:], []
            for place, post, rule in held:
                if place.type in ACTORS:
                    self._add(item, place, post, rule)
        self.last = next(item for item in self.items if item.type == "PER")

    def go_on(self, sentence: Sentence) -> None:
        """Add the post of a sentence about the person named before (他是某所副所长)."""
        self.sentence, self.items = sentence, sentence.items
        unit = self.items[0]
        said = self.last is not None and pattern(_HE_IS).search(unit.before)
        post = self._said(0) if said else ""
        if self.last is not None and post:
            self._add(self.last, unit, post, "post.said")

    def _said(self, index: int) -> str:
        """Return the post that the words behind a body end their clause with."""
        unit = self.items[index]
        found = pattern(_SAID).match(unit.trail) if unit.type in ACTORS else None
        behind = self.items[index + 1] if index + 1 < len(self.items) else None
        if found is None or (behind is not None and behind.before == unit.trail):
            return ""  # 某大队民警|乙
        return found["post"]

    def _of_both(self, index: int) -> list[tuple[Item, str, str]]:
        """Return who each of two persons stands for (甲局与乙局签约，两地公安局局长丙、丁)."""
        found = pattern(_BOTH).search(self.items[index].lead)
        second = self.items[index + 1 : index + 2]
        if found is None or not second or second[0].type != "PER" or second[0].before not in "、和":
            return []
        units = {item.entity: item for item in self.items[:index] if item.type == "UNIT"}
        parties = [
            i for i in units.values() if _fits(found["post"], self.reading.entities[i.entity].name)
        ]
        return [(one, found["post"], "post.each") for one in parties] if len(parties) == 2 else []

    def _noted(self, index: int) -> list[tuple[Item, str, str]]:
        """Return the post that stands in brackets behind a name (徐长林（某派出所所长）)."""
        if self.items[index].after != "（" or index + 1 >= len(self.items):
            return []
        place = self.items[index + 1]
        noted = pattern(_NOTED).match(place.after)
        return [(place, noted["post"], "post.noted")] if noted else []

    def _posts(self, index: int) -> list[tuple[Item, str, str]]:
        """Return the places, posts and rules that hold for the person at ``index``."""
        item = self.items[index]
        left = self.items[index - 1] if index else None
        said = self._told(index)
        if said and item.before.endswith("，"):  # 甲任乙派出所所长，|丙|任丁大队大队长
            return said
        if left is not None and left.type in (*ACTORS, "LOC"):
            found = pattern(_BEHIND).match(item.before)
            own = found["post"] if found else self._contracted(left, item)
            if own:
                return [(left, own, "post.side"), *self._stacked(index - 1), *self._lives(index)]
            after = pattern(_AFTER_NAME).match(item.after)
            if after and not item.before:
                return [(left, after["post"], "post.after")]
        shares = left is not None and left.type == "PER" and item.before.startswith(("、", "和"))
        if shares and left is not None and left.entity not in self.known:
            return []  # nor is it said of the colleague
        if left is not None and left.type == "GROUP" and pattern(_BEHIND).match(item.before):
            return []  # a team of volunteers is no unit
        return said or self._lives(index) or self._beside(item, left) or self._alone(item, index)

    def _told(self, index: int) -> list[tuple[Item, str, str]]:
        """Return the post that the words behind a person say (甲是乙所副所长 · 甲任丙队队长)."""
        item = self.items[index]
        said = item.after == "，" or pattern(_IS).match(item.after) or _is_appointed(item)
        said = bool(said or pattern(_CALLED).match(item.after))
        post = self._said(index + 1) if index + 1 < len(self.items) and said else ""
        return [(self.items[index + 1], post, "post.said")] if post else []

    def _lives(self, index: int) -> list[tuple[Item, str, str]]:
        """Return the post that a life of the person at ``index`` ends in.

        甲，男，…，现任乙大队大队长 · 甲从部队转业到乙局，2015年调到丙派出所任民警
        """
        short = pattern(_OF_SEX).match(self.items[index].after)
        held: list[tuple[Item, str, str]] = []
        came = False
        for item in self.items[index + 1 :]:
            if item.type == "PER":
                break
            if item.type not in ACTORS:
                continue
            moved = pattern(_MOVED).search(item.before)
            came = came or bool(moved)
            taken_up = pattern(_TAKEN_UP).match(item.trail) if moved else None
            if taken_up:
                held = [(item, taken_up["post"], "post.said")]
            elif (short and pattern(_NOW).search(item.before)) or (
                came and pattern(_SERVES).search(item.before)
            ):
                post = self._said(self.items.index(item))
                held = [(item, post, "post.said")] if post else held
        return held

    def _contracted(self, unit: Item, person: Item) -> str:
        """Return the post that shares a sign with its unit: 县公安局|长X is its 局长."""
        if unit.type != "UNIT" or person.before != "长":
            return ""
        head = _LED.search(self.reading.scan.text, unit.mention.start, unit.mention.end)
        return f"{head[0]}长" if head else ""

    def _stacked(self, index: int) -> Iterator[tuple[Item, str, str]]:
        """Yield the posts that stand before the last body (旗人民政府副旗长、公安局局长X)."""
        for place in range(index, 0, -1):
            body, left = self.items[place], self.items[place - 1]
            if not body.before and left.type == "LOC":
                continue  # 某镇|某小学法治副校长X
            found = pattern(rf"^(?P<post>{_TITLES})(?:、|，|兼)$").match(body.before)
            if found is None or left.type not in (*ACTORS, "LOC"):
                return
            yield left, found["post"], "post.stacked"

    def _beside(self, item: Item, left: Item | None) -> list[tuple[Item, str, str]]:
        """Return the unit of a colleague named just before (民警甲和辅警乙)."""
        if left is None or left.entity not in self.known:
            return []
        found = pattern(_BESIDE).match(item.before)
        if found is None or found["post"].endswith(_posts_elsewhere()):
            return []  # 站长甲、校长乙
        if item.before[: found.start("post")].endswith(_STRANGE):
            return []
        return [(self.known[left.entity], found["post"], "post.colleague")]

    def _alone(self, item: Item, index: int) -> list[tuple[Item, str, str]]:
        """Return the unit that a post without one means (教导员X)."""
        found = pattern(r"(?P<post>(?:副|党委|党支部)?<post>)$").search(item.lead)
        if found is None:
            return []
        whose = item.lead[: found.start()]
        patrols = whose == "的" and index > 0 and self.items[index - 1].type == "ACT"
        patrols = patrols or pattern(_ON_DUTY).search(whose) is not None
        if whose.endswith(_WHOSE) and not patrols:  # 开展巡查的副所长X is no one's else
            return []
        if pattern(_BOTH).search(item.lead):
            return []  # of which of them is not said
        post, start = found["post"], item.mention.start
        if pattern(_OF_VILLAGES).search(item.lead):
            return []  # 村党支部书记X
        before = [i for i in self.items[:index] if i.type == "UNIT"]
        if post.endswith(_OF_COURTS):
            before = []
            bodies = (i for one in self.reading.sentences for i in one.items if i.type == "ORG")
            courts = [body for body in bodies if body.mention.start < start]
            units: Sequence[Item] = courts[::-1]
        else:
            units = [*reversed(before), *self._near(), *self._earlier()]
        if post.endswith(_OF_ALL):  # every unit has them: none named only later is meant
            units = [u for u in units if u.mention.start < start]
        for unit in units:
            if _fits(post, self.reading.entities[unit.entity].name):
                return [(unit, post, "post.inherited")]
        return []

    def _near(self) -> list[Item]:
        """Return the units just named, the one the article is about, and those to come."""
        here = self.paragraphs[self.sentence.paragraph]
        start = self.sentence.span.start
        done = [item for item in here if item.mention.start < start]
        later, owners = here[len(done) :], _owners(done)
        guests = [item for item in done if self._is_guest(item)]
        done = [item for item in done if item not in owners and item not in guests]
        return [*_leading(done), *self.lead, *owners, *guests, *later]

    def _is_guest(self, unit: Item) -> bool:
        """Return whether a unit only says whence somebody was invited (邀请教授甲、乙支队民警丙授课)."""
        start = unit.mention.start
        near = max(0, start - _INVITED_REACH)
        return pattern(_INVITED).search(self.reading.text, near, start) is not None

    def _earlier(self) -> Iterator[Item]:
        """Yield the units of the paragraphs before, the last one first."""
        for number in range(self.sentence.paragraph - 1, -1, -1):
            yield from reversed(self.paragraphs.get(number, ()))

    def _add(self, person: Item, place: Item, post: str, rule: str) -> None:
        span = self.sentence.span
        spans: list[Span | Mention] = [span]
        if not span.start <= place.mention.start < span.end:
            spans.append(place.mention)
        if place.type == "UNIT":
            self.known.setdefault(person.entity, place)
        ends = (person.entity, place.entity)
        self.claims.add("has_post", ends, spans, rule, attributes={"post": post})


def _is_appointed(person: Item) -> bool:
    """Return whether somebody is given the post that follows (任命甲为…, 甲被任命为…)."""
    given = person.after in _TO and person.lead.endswith(_APPOINTING)
    return given or pattern(_NAMED_TO).match(person.after) is not None


def _owners(units: Sequence[Item]) -> list[Item]:
    """Return the units that only say whose people somebody is told of with (某所的新警甲)."""
    owners: list[Item] = []
    for unit in reversed(units):
        listed = owners and owners[-1].before in ("、", "和", "与")
        if pattern(_OWNERS).match(unit.trail) or listed:
            owners.append(unit)
    return owners


def _leading(units: Sequence[Item]) -> list[Item]:
    """Return units, the last first, those that only joined another behind the rest."""
    leading: list[Item] = []
    joined: list[Item] = []
    along = False
    for unit in units:
        apart = pattern(_ADDRESSED).search(unit.lead) or pattern(_PASSES_ON).match(unit.trail)
        apart = apart or pattern(r"<joint>$").search(unit.lead)
        along = bool(apart) or (along and unit.before == "、")
        (joined if along else leading).append(unit)
    return [*reversed(leading), *reversed(joined)]


def _fits(post: str, name: str) -> bool:
    """Return whether a post is one that a unit of that name has."""
    ends = _unit_ends(post)
    if not ends or ("“" in name and not post.endswith("长")):
        return False
    return name.rstrip("”").endswith(ends)


@functools.cache
def _posts_elsewhere() -> tuple[str, ...]:
    """Return the posts that no police unit has: 校长, 总经理, 村支书."""
    return tuple(lexicon().terms("rel.post_elsewhere"))


@functools.lru_cache(maxsize=_POSTS)
def _unit_ends(post: str) -> tuple[str, ...]:
    """Return what the names of units end in that have a post."""
    heads = lexicon().terms("rel.post_head")
    return tuple(next((heads[head] for head in heads if post.endswith(head)), "").split())
