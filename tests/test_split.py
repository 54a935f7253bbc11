"""Splitting: articles of a page in reading order, its metadata, and every character accounted for."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.imprint import credits_in, iso_date
from kg.language.text import fold, squeeze
from kg.model import Article, Credit, Page
from kg.read import read
from kg.split import split
from kg.split.blanks import idle_blanks
from kg.split.breaks import is_open, is_tight
from kg.split.furniture import furniture
from kg.split.lead import dateline, place_of, reporters
from kg.split.lines import closing_credit

# 工作简报（第17期）, 政工室编, or a web page's 字体：【大 中 小】: it tells of the page, not of the article.
MASTHEAD = re.compile(
    r"来源[：:]|发布时间|\d{4}[-/年]\d{1,2}[-/月]\d{1,2}|^第\w\d\d?版：|^【?图片新闻】?$|^0\d$|^一周警讯$| > |^[上下]一篇：|^主办[：:]|^当前位置|^相关阅读|【打印】|"
    r"^往期推荐$|版权所有|^▶|^END$|^[【\[]打印|^相关链接|^推荐阅读|责编：|简报（第\d+期）$|^110在身边$|"
    r"^上一篇:|^延伸阅读|【打印本页】|^免责声明|^热点推荐|^公安工作简报$|^第\d+期\(总第|^[报送发]:|^编辑:.*审核:"
)
# One annotated document each, but several briefs under one heading.
ROUND_UPS = {
    "juno-10": 2,
    "lilac-12": 3,
    "acorn-12": 3,
    "grove-04": 3,
    "elder-13": 3,
    "indigo-04": 4,
}
PAGES = Path(__file__).parent / "cases" / "pages"
ONE = sorted((PAGES / "one").glob("*.txt"))
MANY = sorted((PAGES / "many").glob("*.txt"))


def load(path: Path) -> Page:
    (page,) = read(path)
    assert isinstance(page, Page)
    return page


def articles(text: str) -> tuple[Article, ...]:
    return split(Page("x.txt", text))[1]


def shown(article: Article) -> str:
    """Return an article as the files *.articles hold it."""
    page = article.page
    byline = "; ".join(f"{credit.role}={credit.name}" for credit in article.byline)
    head = " | ".join((page.outlet, page.date, page.number, page.section))
    return f"{head}\n{article.dateline} | {byline}\n{article.text}"


# ── whole pages ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", MANY, ids=lambda path: path.stem)
def test_a_page_becomes_its_articles(path: Path) -> None:
    expected = path.with_suffix(".articles").read_text(encoding="utf-8").rstrip("\n")
    assert [shown(one) for one in split(load(path))[1]] == expected.split("\n====\n")


@pytest.mark.parametrize("path", ONE, ids=lambda path: path.stem)
def test_an_article_with_chapters_captions_or_lists_stays_one(path: Path) -> None:
    page, found = split(load(path))
    assert len(found) == 1
    kept = squeeze(page.text) if path.stem != "web" else ""
    assert not kept or squeeze(found[0].text) == kept


def test_headlines_that_begin_with_a_county_are_items_if_one_of_them_is() -> None:
    """桃江 … is cut off for its 本报讯; 安化 … stands in the same column."""
    first = (
        "警方快讯\n\n沅江 店里搜出电捕器\n本报讯（记者 刘建勋）9月11日，水上派出所查获电捕器12套。"
    )
    second = "桃江 失车两小时找回\n本报讯（通讯员 夏添）9月9日，灰山港派出所民警把摩托车交还失主。"
    third = "{}开道送产妇\n9月10日上午，梅城中队民警驾驶摩托车开道，十二分钟赶到第二人民医院。"
    items = articles("\n\n".join((first, second, third.format("安化 "))))
    assert [one.title[:2] for one in items] == ["警方", "桃江", "安化"]
    for chapter in ("铁骑", "一路 "):  # no county: a chapter of the item before
        page = "\n\n".join((first, second, third.format(chapter)))
        assert [one.title[:2] for one in articles(page)] == ["警方", "桃江"]


def test_a_web_page_copied_as_text_loses_its_menus() -> None:
    page, (article,) = split(load(PAGES / "one" / "web.txt"))
    assert (page.outlet, page.date, page.section) == ("太行平安网", "2026-03-11", "警务要闻")
    assert article.title == "“石头村”里来了调解员"
    assert article.text.endswith("（责任编辑：贾宁）")
    assert article.byline == (Credit("editor", "贾宁"), Credit("author", "靳小鹏"))


def test_a_page_in_big5_is_split_like_the_same_page_in_utf_8(tmp_path: Path) -> None:
    text = (PAGES / "many" / "traditional.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(text.encode("big5"))
    (page,) = read(tmp_path / "a.txt")
    assert isinstance(page, Page)
    assert [one.text for one in split(page)[1]] == [one.text for one in articles(text)]


SAMPLE = {
    "织密“连心网”　守护万家安宁": ("", "高娃"),
    "夜查不松劲　出行有底气": ("通辽", "陈晓菲"),
    "国门下的“小警官”": ("", "苏日娜"),
    "流动车管所进牧区": ("", "巴图巴根"),
    "两地警方牵手　共护黄河安澜": ("乌海", "吴海燕"),
    "扎紧林海“防火门”": ("塔尔气", "徐长林"),
}


def test_the_sample_newspaper_page(samples: Path) -> None:
    (page,) = read(samples / "saishang-fazhibao-2026-05-21-03.txt")
    assert isinstance(page, Page)
    whole, found = split(page)
    assert (whole.outlet, whole.date, whole.number, whole.section) == (
        "塞上法治报",
        "2026-05-21",
        "03",
        "警务前沿",
    )
    assert whole.credits == (Credit("editor", "陶静"), Credit("layout", "于海波"))
    assert {one.title: (one.dateline, one.byline[0].name) for one in found} == SAMPLE
    first = found[0].text
    assert "开展联合调解,前后三次" in first, "a column break inside a word"
    assert "守好自己的“钱袋子”" in first, "a headline inside a word"


def test_every_sample_gives_its_articles(samples: Path) -> None:
    counts = {
        path.name: [len(split(page)[1]) for page in read(path) if isinstance(page, Page)]
        for path in sorted(samples.iterdir())
    }
    assert counts.pop("saishang-fazhibao-2026-05-21-03.txt") == [6]
    assert counts.pop("pingan-bulletin.jsonl") == [1, 1, 1]
    assert all(count == [1] for count in counts.values())


# ── every character is accounted for ─────────────────────────────────────────────────────────────

HAN = st.text(
    "民警公安派出所走进村里开展活动宣传近日讯摄记者编辑来源年月日上一版第", min_size=1, max_size=30
)
SIGNS = st.sampled_from(
    ["。", "，", "”", "“", "（", "）", "：", "\n", "\n\n", " ", "　", "！", "—"]
)
SNIPPETS = st.sampled_from(
    [
        "2026年5月1日\n",
        "第03版\n",
        "04\n\n",
        "平安报\n",
        "责任编辑：王丽\n",
        "（李明）\n",
        "赵海 摄\n",
        "本报讯（记者 王川）",
        "陕坝讯 ",
        "一、",
        "■",
        "——记某所\n",
        "上一篇：别的\n",
        "来源：某网 2026-01-01 08:00\n",
        "“民警来了",
    ]
)
TEXTS = st.lists(st.one_of(HAN, SIGNS, SNIPPETS), max_size=60).map("".join)


def check(page: Page) -> None:
    whole, found = split(page)
    used: list[int] = []
    for article in found:
        assert len(article.origin) == len(article.text)
        assert article.text.startswith(article.title)
        placed = [
            (at, char) for at, char in zip(article.origin, article.text, strict=True) if at >= 0
        ]
        assert all(page.text[at] == char for at, char in placed)
        used += [at for at, _ in placed]
    assert len(used) == len(set(used)), "no character stands in two places"
    rest = {at for start, end in whole.remainder for at in range(start, end)}
    assert not rest & set(used)
    seen = rest | set(used)
    start = 0
    for line in page.text.split("\n"):
        lost = [
            at
            for at in range(start, start + len(line))
            if at not in seen and squeeze(page.text[at])
        ]
        if lost:  # then the whole line became metadata
            assert len(lost) == len(squeeze(line))
            assert furniture(fold(line).strip()) or squeeze(fold(line)) == squeeze(whole.section)
        start += len(line) + 1


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_every_character_is_in_an_article_in_metadata_or_in_the_remainder(text: str) -> None:
    check(Page("x.txt", text))


def test_what_parts_a_headline_is_not_lost() -> None:
    check(Page("x.txt", "二、\n甲县警方\n\n！破获一起案件\n\n某局"))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_can_be_split(text: str) -> None:
    split(Page("x.txt", text))


@pytest.mark.parametrize("path", [*ONE, *MANY], ids=lambda path: path.stem)
def test_every_character_of_the_pages_is_accounted_for(path: Path) -> None:
    if path.stem != "twosheets":  # has two sections, of which the whole page can only name one
        check(load(path))


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def test_ids_follow_from_what_is_said_not_from_the_path() -> None:
    text = "山村夜校\n\n2026-06-03　青山报\n\n民警来到村部，讲了一课。\n"
    (one,) = split(Page("a/b.txt", text))[1]
    (two,) = split(Page("c.txt", text.replace("\n\n", "\n \n")))[1]
    assert one.id == two.id
    assert one.id.startswith("2026-06-03-山村夜校-")
    (other,) = split(Page("c.txt", text.replace("一课", "两课")))[1]
    assert other.id != one.id


def test_parts_of_a_headline_are_joined_and_a_broken_word_is_not() -> None:
    (one,) = articles("警民携手\n守护平安\n\n6月1日，民警走进村里，讲了一课。")
    assert one.title == "警民携手　守护平安"
    (one,) = articles(
        "青山县公安局联合县教育局开展校\n园安全大检查\n\n6月1日，民警走进学校，查了一天。"
    )
    assert one.title == "青山县公安局联合县教育局开展校园安全大检查"


def test_a_second_title_stays_on_its_own_line() -> None:
    (one,) = articles("山村夜校\n——访柳林派出所所长冯海\n天一擦黑，民警走进村里，讲了一课。")

    assert one.text.split("\n")[1:2] == ["——访柳林派出所所长冯海"]
    (one,) = articles("山村夜校\n——记柳林派出所\n\n6月1日，民警走进村里，讲了一课。")
    assert one.title == "山村夜校"
    assert one.text.split("\n")[1] == "——记柳林派出所"


def test_a_name_that_ends_the_title_may_begin_the_text() -> None:
    (one,) = articles("草原卫士——记乌兰县公安局民警巴雅尔\n巴雅尔今年48岁，毕业后当了民警。")
    assert one.text.split("\n")[1].startswith("巴雅尔今年")


def test_lines_of_a_log_are_not_wrapped_text() -> None:
    lines = [f"{hour}:15 民警走进第{hour}所学校讲课" for hour in range(10, 20)]
    (one,) = articles("护学岗的一天\n" + "\n".join(lines))
    assert one.text.count("\n") == len(lines)


def test_lines_wrapped_at_one_width_become_paragraphs() -> None:
    text = (
        "".join(f"民警第{n}次走进山村，挨家挨户讲解防火防盗知识，" for n in "一二三四五六七八九")
        + "村民都说好。"
    )
    wrapped = "\n".join(text[at : at + 20] for at in range(0, len(text), 20))
    (one,) = articles(f"山村夜校\n\n{wrapped}\n\n（王川）")
    assert one.text == f"山村夜校\n{text}\n（王川）"


LEADS = [
    ("陕坝讯 近日，民警走进村里。", "陕坝讯", "陕坝", ""),
    ("根河讯目前，全市已有十个所。", "根河讯", "根河", ""),
    ("本报讯（记者 高原 通讯员 刘畅）近日，民警来了。", "本报讯", "", "高原 刘畅"),
    ("本报夏河讯（记者高原）近日，民警来了。", "本报夏河讯", "夏河", "高原"),
    (
        "新华社呼和浩特6月5日电（记者高原）近日，民警来了。",
        "新华社呼和浩特6月5日电",
        "呼和浩特",
        "高原",
    ),
    ("东北网虎林5月19日讯 民警来了。", "东北网虎林5月19日讯", "虎林", ""),
    ("晨报讯 记者高原报道 近日，民警来了。", "晨报讯", "", "高原"),
    ("（通讯员 高原）近日，民警来了。", "", "", "高原"),
    ("（孟海洋）近日，民警来了。", "", "", "孟海洋"),
    ("（李建国 孟海洋）近日，民警来了。", "", "", "李建国 孟海洋"),
    ("（反诈宣传）近日，民警来了。", "", "", ""),
    ("（张某）随后被带回所里。", "", "", ""),
    ("据通讯员介绍，民警来了。", "", "", ""),
    ("青山新闻网-青山县融媒体中心（记者 高原）近日，民警来了。", "", "", "高原"),
    ("青山民航网 通讯员高原 报道：近日，民警来了。", "", "", "高原"),
    ("记者了解到，活动办了三期。", "", "", ""),
    ("审讯室里，民警正在问话。", "", "", ""),
    ("喜讯传来，民警立功。", "", "", ""),
    ("掌上白州讯（记者 高原）近日，民警来了。", "掌上白州讯", "", "高原"),
    ("法治新报道讯（记者高原）近日，民警来了。", "法治新报道讯", "", "高原"),
    ("零距离讯（通讯员 高原）近日，民警来了。", "零距离讯", "", "高原"),
    ("青楚网（青山日报网）讯（记者 高原）民警来了。", "青楚网（青山日报网）讯", "", "高原"),
]


@pytest.mark.parametrize(("text", "sign", "place", "who"), LEADS)
def test_datelines_and_reporters(text: str, sign: str, place: str, who: str) -> None:
    assert dateline(text) == sign
    assert place_of(text) == place
    assert " ".join(credit.name for credit in reporters(text)) == who


BYLINES = [
    ("讲了一课。（王川）", "author=王川"),
    ("（本报记者 王川 通讯员 李河）", "author=王川 author=李河"),
    ("（记者王川通讯员李河）", "author=王川 author=李河"),
    ("（王川 文 李河 摄）", "author=王川 photo=李河"),
    ("（文/王川 图/李河）", "author=王川 photo=李河"),
    ("（王川 李河/文 赵海/图）", "author=王川 author=李河 photo=赵海"),
    ("（王川 文/图）", "author=王川 photo=王川"),
    ("王川 摄影报道", "author=王川 photo=王川"),
    ("讲了一课。 王川 摄", "photo=王川"),
    ("（供稿：青山县公安局法制大队 王川）", "author=王川"),
    ("编辑：王川　审核：苏日嘎拉图", "editor=王川 review=苏日嘎拉图"),
    ("责任编辑：王　川　版式：李　河", "editor=王川 layout=李河"),
    ("（阿依努尔·艾山）", "author=阿依努尔·艾山"),
    ("（总台记者 王川）", "author=王川"),
    ("（央视记者 王川）", "author=王川"),
    ("（青山新闻网 记者/王川 编辑/李河）", "author=王川 editor=李河"),
    ("讲了一课。（资料图片仅供参考）", ""),
    ("青山日报·草原云记者：王川", "author=王川"),
    ("青山日报全媒体记者 王川", "author=王川"),
    ("青山市融媒体中心记者 李 河", "author=李河"),
    ("图文：王   川 / 编辑：李   河", "author=王川 photo=王川 editor=李河"),
    ("讲了一课（试行）", ""),
    ("讲了一课。（完）", ""),
    ("牛羊三百余头（只）", ""),
    ("（读者 王川）", "author=王川"),
    ("（编辑：同志）", ""),
    ("记者走进派出所", ""),
    ("视频会议开到村头", ""),
    ("民警在现场拍摄", ""),
]


@pytest.mark.parametrize(("text", "said"), BYLINES)
def test_bylines(text: str, said: str) -> None:
    credit = closing_credit(fold(text))
    assert " ".join(f"{one.role}={one.name}" for one in credits_in(credit) if credit) == said


FURNITURE = [
    ("A05", "number=A05"),
    ("第06版", "number=06"),
    ("- 2 -", "number=2"),
    ("2025/06/05", "date=2025-06-05"),
    ("二〇二六年五月二十一日 星期四", "date=2026-05-21"),
    ("内蒙古法制报", "outlet=内蒙古法制报"),
    ("基层动态", "section=基层动态"),
    ("来源：陇原法治报　2026年7月2日　第06版", "outlet=陇原法治报 date=2026-07-02 number=06"),
    ("2026年4月28日　天山平安网讯", "outlet=天山平安网 date=2026-04-28"),
    ("A3 社会·法治 2026年6月1日 星期一 责任编辑/高原", "date=2026-06-01 number=A3 section=社会"),
    ("第03版：平安乡村 上一版 下一版", "number=03 section=平安乡村"),
    ("原创 布仁 平安乌兰 2025-12-02 18:30 内蒙古", "outlet=平安乌兰 date=2025-12-02"),
    ("首页 > 警务要闻 > 正文", "section=警务要闻"),
    ("已阅读:720次", ""),
    ("字号：大 中 小 分享到微信", ""),
]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("6 月 1 日，检查 农机 56 台 ，走进 学校。", "6月1日，检查农机56台，走进学校。"),
        ("县公安局 城关派出所民警 张 伟 到场。", "县公安局城关派出所民警 张伟 到场。"),
        ("本报讯 6月1日，开展“警民 同心”活动。", "本报讯 6月1日，开展“警民 同心”活动。"),
        ("7:40 民警上岗。（王 静 李 想）", "7:40 民警上岗。（王 静 李 想）"),
        ("3 抓好落实。先看界桩 再请老人讲。", "3 抓好落实。先看界桩 再请老人讲。"),
    ],
)
def test_blanks_that_say_nothing(text: str, without: str) -> None:
    kept, at = "", 0
    for start, end in idle_blanks(text):
        kept, at = kept + text[at:start], end
    assert kept + text[at:] == without


@pytest.mark.parametrize(
    ("first", "second", "open_"),
    [
        ("民警赶到现场。该局制定了方案，并于6月", "4日走进市场。", True),
        ("“安全更要跟上，”所长", "鲁大伟说。", True),
        ("民警走进集市。该所开展宣传，发放资料300", "余份。", True),
        ("民警走进村寨。他们逐户走访，检查", "渡船6艘。", True),
        ("近日，某县公安局城关派出所坚持党建引", "领，走进渡口。", True),
        ("某县公安局交警大队召开表彰会", "张灯结彩的礼堂里，民警领奖。", False),
        ("从110起步，他们守护平安6年", "6月1日，民警走进市场。", False),
        ("民警走进市场，开展宣传", "近日，该所又走访学校。", False),
    ],
)
def test_a_sentence_goes_on_over_a_break(first: str, second: str, open_: bool) -> None:
    assert (is_open(first) and is_tight(first, second)) is open_


@pytest.mark.parametrize(("text", "said"), FURNITURE)
def test_furniture_becomes_metadata(text: str, said: str) -> None:
    piece = furniture(fold(text))
    assert piece is not None
    known = piece.imprint
    fields = ("outlet", "date", "number", "section")
    assert " ".join(f"{key}={getattr(known, key)}" for key in fields if getattr(known, key)) == said


@pytest.mark.parametrize(
    "text",
    [
        "首页上的感谢信",
        "微信群里的“平安哨”",
        "扫码就能报警",
        "警情通报",
        "万名民警织就平安网",
        "2026年6月1日，青山县公安局开展巡逻",
        "3月5日晚的四个小时",
        "第二派出所的一天",
        "（下转第2版）",
    ],
)
def test_a_headline_is_no_furniture(text: str) -> None:
    assert furniture(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-02-28T09:20:00+08:00", "2026-02-28"),
        ("20260605", "2026-06-05"),
        ("二〇二六年十二月三十一日", "2026-12-31"),
        ("2026年2月30日", ""),
        ("6月5日", ""),
    ],
)
def test_dates_in_the_small_print(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_a_letter_keeps_the_date_it_is_signed_with() -> None:
    text = (
        "致全县家长的一封信\n\n各位家长：\n\n暑假将至，河水上涨，正是溺水事故多发的时候。\n\n"
        "平安县公安局\n2025年6月30日\n"
    )
    (article,) = articles(text)
    assert article.text.endswith("平安县公安局\n2025年6月30日")


def test_a_short_headline_above_a_call_to_subscribe_is_no_section() -> None:
    text = (
        "大榕树下话平安\n\n点击蓝字 关注我们\n\n村口的大榕树 两百多岁了\n树下坐满了听故事的人\n"
        "6月3日傍晚 民警把小音箱摆上石桌\n讲的是邻村老汉差点上当的真事\n"
    )
    (article,) = articles(text)
    assert article.title == "大榕树下话平安"


# ── the annotated articles ───────────────────────────────────────────────────────────────────────


def test_a_file_with_one_article_stays_one(shared: Path, scorer: object, root: Path) -> None:
    own = sorted((root / "tests" / "cases" / "articles").glob("*.ann"))
    for path in [*sorted((shared / "gold" / "dev").glob("*.ann")), *own]:
        text = scorer.parse(path)["text"]  # type: ignore[attr-defined]
        found = articles(text)
        assert len(found) == ROUND_UPS.get(path.stem, 1), path.stem
        kept = "".join(squeeze(article.text) for article in found)
        lost = [line for line in text.splitlines() if squeeze(line) not in kept]
        assert not Counter(kept) - Counter(squeeze(text)), path.stem
        links = text.partition("\n相关链接")[2].splitlines()  # titles of other pages
        told = [line for line in lost if line not in links and not MASTHEAD.search(line)]
        assert not told, (path.stem, told)


@pytest.mark.parametrize(
    ("heading", "issuers"),
    [
        ("公安工作简报\n第8期\n清河县公安局办公室编　　2023年5月6日", ["清河县公安局办公室"]),
        ("公安工作简报\n第8期\n2023年5月6日", []),
        ("冀南晚报\n清河公安　2023年5月6日", []),
    ],
)
def test_who_issues_a_bulletin_is_its_source(heading: str, issuers: list[str]) -> None:
    item = "葛仙庄派出所开展反诈宣传活动\n\n5月4日,葛仙庄派出所民警开展反诈宣传活动。"
    (one,) = articles(f"{heading}\n\n{item}\n")
    assert [said.name for said in one.byline if said.role == "source"] == issuers
