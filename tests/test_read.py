"""Reading: every encoding and kind of file, and one clear line for what cannot be read."""

import importlib.util
import json
import os
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from docx import Document

from kg import read as reading
from kg.errors import InputError, Problem
from kg.model import Credit, Page
from kg.read import discover, read
from kg.read.encoding import decode
from kg.split import split

CASES = Path(__file__).parent / "cases"
SIMPLE = (
    "山村里的“夜校”\n\n6月3日晚，青山县公安局柳林派出所民警来到村部，给二十多位村民上了一堂反诈课。"
)
OLD = "山村裡的「夜校」\n\n6月3日晚，青山縣公安局柳林派出所民警來到村部，給二十多位村民上了一堂反詐課。"


def pages(path: Path) -> list[Page]:
    found = list(read(path))
    assert not [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Page)]


def page(path: Path) -> Page:
    (only,) = pages(path)
    return only


def refusal(path: Path) -> str:
    """Return what is said of a file that cannot be read: one line that names it."""
    with pytest.raises(InputError) as caught:
        list(read(path))
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    return said.removeprefix(f"{path}: ")


# ── encodings ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "utf-8",
        "utf-8-sig",
        "gb18030",
        "gbk",
        "gb2312",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
    ],
)
def test_simplified_text_in_any_encoding(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SIMPLE.encode(name))
    assert page(tmp_path / "a.txt").text == SIMPLE


@pytest.mark.parametrize("name", ["utf-8", "big5", "gb18030", "utf-16", "utf-16-be"])
def test_traditional_text_in_any_encoding(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(OLD.encode(name))
    assert page(tmp_path / "a.txt").text == OLD


@pytest.mark.parametrize("text", ["民警进村讲反诈", "警方抓获嫌疑人3名", "护学岗", "反诈"])
@pytest.mark.parametrize("name", ["utf-8", "gb18030", "utf-16"])
def test_a_few_characters_are_enough(text: str, name: str) -> None:
    assert decode(text.encode(name)) == text


@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_a_last_character_cut_in_two_is_left_out(name: str) -> None:
    assert decode(SIMPLE.encode(name)[:-1]) == SIMPLE[:-1]


def test_the_same_text_with_windows_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SIMPLE.replace("\n", "\r\n").encode("gb18030"))
    assert page(tmp_path / "a.txt").text == SIMPLE


def test_a_broken_byte_is_shown_and_reported(tmp_path: Path) -> None:
    half = (SIMPLE * 3).encode()
    (tmp_path / "a.txt").write_bytes(half + b"\xff" + half)
    problem, found = read(tmp_path / "a.txt")
    assert isinstance(problem, Problem)
    assert isinstance(found, Page)
    assert not problem.fatal
    assert "1 damaged character" in problem.reason
    assert found.text.count("\ufffd") == 1


@pytest.mark.parametrize("wrong", ["gb18030", "latin-1"])
def test_text_that_was_decoded_wrongly_once_is_put_right(wrong: str) -> None:
    text = "公安机关依法打击违法犯罪活动确保安全"
    spoilt = text.encode().decode(wrong)
    assert spoilt != text
    assert decode(spoilt.encode()) == text


def test_radicals_out_of_a_pdf_become_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("⼈⺠警察⾛进⻓⻔⾥，⼾⼾平安。", encoding="utf-8")
    assert page(tmp_path / "a.txt").text == "人民警察走进长门里，户户平安。"


# ── what cannot be read ──────────────────────────────────────────────────────────────────────────

REFUSED = {
    "empty.txt": (b"", "empty"),
    "blank.html": (b"<html><body> <p>&nbsp;</p></body></html>", "no text"),
    "blank.txt": (" \n　\n".encode(), "no text"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "noise.txt": (bytes((n * 37 + 128) % 127 + 128 for n in range(2000)), "encoding"),
    "half.txt": (b"\xff\xfe" + bytes([0, 0xD8]) * 200, "UTF-16"),
    "picture.txt": (b"\xff\xd8\xff\xe0" + bytes(200), "JPEG"),
    "old.docx": (b"\xd0\xcf\x11\xe0" + bytes(600), ".docx"),
    "packed.txt": (b"\x1f\x8b" + bytes(200), "gzip"),
    "truncated.pdf": (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog", "truncated"),
    "not.pdf": ("这不是".encode(), "PDF"),
    "cut.docx": (b"PK\x03\x04 and then nothing", "truncated"),
    "not.docx": ("这不是".encode(), "DOCX"),
    "broken.jsonl": (b'{"title": "x", "text": \n{"title": 3}\n', "line 1"),
    "array.jsonl": (b"[1, 2]\n", "line 1: not a JSON object"),
    "number.jsonl": (b"17\n", "line 1: not a JSON object"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_gets_one_line_that_says_why(name: str, tmp_path: Path) -> None:
    raw, why = REFUSED[name]
    (tmp_path / name).write_bytes(raw)
    assert why in refusal(tmp_path / name)


def test_what_is_no_file_gets_one_line(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "missing.txt")
    (tmp_path / "folder").mkdir()
    assert "no file that can be read" in refusal(tmp_path / "folder")
    os.mkfifo(tmp_path / "pipe.txt")
    assert "regular" in refusal(tmp_path / "pipe.txt")


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reading.LARGEST, "plain", 0)
    (tmp_path / "huge.txt").write_text(SIMPLE, encoding="utf-8")
    assert "too large" in refusal(tmp_path / "huge.txt")


def test_another_office_file_is_no_word_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "table.docx", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(tmp_path / "table.docx")


def test_a_file_is_read_as_what_it_is(tmp_path: Path, paper: ModuleType) -> None:
    (tmp_path / "a.txt").write_bytes(paper.pdf([[(60, 60, 12, "五月的河滩")]]))
    assert page(tmp_path / "a.txt").kind == "pdf"
    (tmp_path / "b.txt").write_bytes((CASES / "html" / "photo.html").read_bytes())
    assert page(tmp_path / "b.txt").kind == "html"
    (tmp_path / "c.unknown").write_text(SIMPLE, encoding="utf-8")
    assert page(tmp_path / "c.unknown").kind == "plain"
    (tmp_path / "d.html").write_text(SIMPLE, encoding="utf-16")
    assert page(tmp_path / "d.html").text == SIMPLE
    (tmp_path / "e.txt").write_text('{"title": "夜校", "text": "开课了。"}', encoding="utf-8")
    assert page(tmp_path / "e.txt").title == "夜校"


# ── folders ──────────────────────────────────────────────────────────────────────────────────────


def test_folders_are_walked_in_order_and_each_file_comes_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/b.PDF", "c.png", ".hidden/x.txt", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    missing = tmp_path / "missing.txt"
    found = discover([tmp_path / "b.txt", tmp_path, missing])
    assert found == [tmp_path / name for name in ("b.txt", "a/b.PDF", "a/z.html")] + [missing]


def test_an_empty_folder_is_kept_to_be_reported(tmp_path: Path) -> None:
    assert discover([tmp_path]) == [tmp_path]


# ── JSON Lines ───────────────────────────────────────────────────────────────────────────────────


def test_each_line_is_an_article_under_any_of_the_usual_names(tmp_path: Path) -> None:
    lines = [
        {
            "标题": "夜校开课",
            "正文": "民警来到村部。",
            "来源": "青山报",
            "发布时间": "2026年6月3日 8:00",
        },
        {
            "title": "雨夜",
            "content": "雨夜\n救人。",
            "media": "河报",
            "pubdate": "20260604",
            "版次": 3,
        },
        {"title": "山路", "text": "巡山。", "author": "王川、李河", "editor": ["赵海"]},
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    first, second, third = pages(tmp_path / "a.jsonl")
    assert (first.title, first.text) == ("夜校开课", "夜校开课\n民警来到村部。")
    assert (first.outlet, first.date) == ("青山报", "2026-06-03")
    assert (second.text, second.date, second.number) == ("雨夜\n救人。", "2026-06-04", "3")
    assert third.credits == (
        Credit("author", "王川"),
        Credit("author", "李河"),
        Credit("editor", "赵海"),
    )


def test_bad_lines_are_reported_with_their_numbers_and_cost_themselves_only(tmp_path: Path) -> None:
    good = json.dumps({"title": "夜校", "text": "开课了。"}, ensure_ascii=False)
    path = tmp_path / "a.jsonl"
    path.write_text(f"{good}\n\n{{oops\n{good}\n[]\n" + '{"title": "空"}\n', encoding="utf-8")
    found = list(read(path))
    assert [type(one).__name__ for one in found] == [
        "Page",
        "Problem",
        "Page",
        "Problem",
        "Problem",
    ]
    said = [one.reason for one in found if isinstance(one, Problem)]
    assert [reason.split(":")[0] for reason in said] == ["line 3", "line 5", "line 6"]
    assert not any(one.fatal for one in found if isinstance(one, Problem))


def test_lines_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"title": "夜校", "text": "开课了。"}, ensure_ascii=False) + "\n"
    path.write_text(line * 50_000, encoding="utf-8")
    with path.open("ab") as file:
        file.write(b"broken")
    found = iter(read(path))
    assert isinstance(next(found), Page)


def test_an_array_of_articles_is_read_like_lines(tmp_path: Path) -> None:
    articles = [{"title": "夜校", "text": "开课了。"}, {"title": "雨夜", "text": "救人。"}]
    (tmp_path / "a.json").write_text(json.dumps(articles, indent=1), encoding="utf-8")
    assert [one.title for one in pages(tmp_path / "a.json")] == ["夜校", "雨夜"]
    (tmp_path / "b.json").write_text(json.dumps(articles[0], indent=1), encoding="utf-8")
    assert [one.title for one in pages(tmp_path / "b.json")] == ["夜校"]


@pytest.mark.parametrize("name", ["gb18030", "utf-8-sig", "utf-16"])
def test_json_lines_in_other_encodings(name: str, tmp_path: Path) -> None:
    line = json.dumps({"title": "夜校", "text": SIMPLE}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_bytes(f"{line}\n{line}\n".encode(name))
    assert [one.title for one in pages(tmp_path / "a.jsonl")] == ["夜校", "夜校"]


# ── web pages ────────────────────────────────────────────────────────────────────────────────────

WEB = {
    "epaper": ("田埂上的说事亭", "2026-03-09", "云岭平安报", "普丽仙 摄"),
    "wechat": ("这个冬天,他们守在风雪里", "2025-12-02", "平安乌兰", "来源：乌兰县公安局"),
    "gov": ("西固分局开展校园周边整治", "2026-03-02", "西固分局", "（责任编辑：李娜）"),
    "photo": ("护航春运", "2026-02-10", "平安赣南网", "刘小明摄"),
}


@pytest.mark.parametrize("name", WEB)
def test_a_web_page_is_its_article_and_what_stands_around_it(name: str) -> None:
    title, date, outlet, last = WEB[name]
    whole, (article,) = split(page(CASES / "html" / f"{name}.html"))
    assert (article.title, article.page.date, article.page.outlet) == (title, date, outlet)
    assert article.text.endswith(last)
    around = [whole.text[start:end] for start, end in whole.remainder]
    assert around
    assert not any(line in article.text for line in around)


def test_the_declared_encoding_does_not_count(tmp_path: Path) -> None:
    """The page says gb2312: it is read right in either encoding."""
    text = (CASES / "html" / "gov.html").read_text(encoding="utf-8")
    (tmp_path / "a.html").write_bytes(text.encode("gb18030"))
    assert page(tmp_path / "a.html").text == page(CASES / "html" / "gov.html").text


def test_scripts_styles_and_hidden_parts_are_not_text(tmp_path: Path) -> None:
    html = (
        "<html><head><style>p{color:red}</style></head><body><h1>夜校开课了</h1><script>var a=1</script>"
        "<p style='display: none'>看不见的字。</p><p>民警来到村部，<b>讲了一课</b>。</p></body></html>"
    )
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    assert page(tmp_path / "a.html").text == "夜校开课了\n民警来到村部，讲了一课。"


def test_a_deeply_nested_page_is_read(tmp_path: Path) -> None:
    html = "<html><body>" + "<div>" * 1000 + "<p>民警来到村部，讲了一课。</p>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    assert "民警来到村部" in page(tmp_path / "a.html").text


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────

LEFT = ["　　五月的风吹过河", "滩，青山县公安局的", "民警走进村里，给村", "民讲解防火知识。"]
RIGHT = ["　　当天，民警还检", "查了仓库，发现三处", "隐患，当场督促整改", "完毕。（王小川）"]


@pytest.fixture(scope="session")
def paper() -> ModuleType:
    spec = importlib.util.spec_from_file_location("paper", Path(__file__).parent / "paper.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def column(left: float, top: float, lines: list[str]) -> list[tuple[float, float, int, str]]:
    return [(left, top + 16 * number, 12, line) for number, line in enumerate(lines)]


def test_columns_are_read_one_after_the_other(tmp_path: Path, paper: ModuleType) -> None:
    sheet = [(100, 60, 24, "河滩上的防火课"), *column(60, 100, LEFT), *column(200, 100, RIGHT)]
    (tmp_path / "a.pdf").write_bytes(paper.pdf([sheet]))
    _, (article,) = split(page(tmp_path / "a.pdf"))
    assert article.text == (
        "河滩上的防火课\n五月的风吹过河滩，青山县公安局的民警走进村里，给村民讲解防火知识。\n"
        "当天，民警还检查了仓库，发现三处隐患，当场督促整改完毕。（王小川）"
    )


def test_a_newspaper_sheet_is_a_page_and_leaves_are_one(tmp_path: Path, paper: ModuleType) -> None:
    first = [(100, 60, 24, "河滩上的防火课"), *column(60, 100, LEFT), (90, 800, 9, "- 1 -")]
    second = [*column(60, 60, RIGHT), (90, 800, 9, "- 2 -")]
    (tmp_path / "a.pdf").write_bytes(paper.pdf([first, second]))
    _, (article,) = split(page(tmp_path / "a.pdf"))
    assert article.text.endswith("（王小川）")
    assert "- 1 -" not in article.text
    (tmp_path / "b.pdf").write_bytes(paper.pdf([first, second], width=1100, height=1500))
    assert len(pages(tmp_path / "b.pdf")) == 2


def test_a_scan_has_no_text_to_read(tmp_path: Path, paper: ModuleType) -> None:
    (tmp_path / "scan.pdf").write_bytes(paper.pdf([[], []]))
    assert "no text layer" in refusal(tmp_path / "scan.pdf")
    (tmp_path / "part.pdf").write_bytes(paper.pdf([column(60, 60, LEFT), []]))
    problem, found = read(tmp_path / "part.pdf")
    assert isinstance(problem, Problem)
    assert isinstance(found, Page)
    assert problem.reason == "no text layer on page 2"
    assert not problem.fatal


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_file_is_read_in_document_order(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "青山县公安局工作简报"
    document.sections[0].footer.paragraphs[0].text = "内部资料"
    document.add_heading("夜校开课", 1)
    document.add_paragraph("6月3日，民警来到村部，")
    document.add_table(1, 2).rows[0].cells[0].text = "表中的字"
    document.add_paragraph("讲了一课。")
    document.save(str(tmp_path / "a.docx"))
    found = page(tmp_path / "a.docx")
    lines = [line for line in found.text.split("\n") if line]
    assert lines == [
        "青山县公安局工作简报",
        "夜校开课",
        "6月3日，民警来到村部，",
        "表中的字",
        "讲了一课。",
        "内部资料",
    ]
    assert [found.text[start:end] for start, end in found.remainder] == ["内部资料"]


def test_a_word_file_without_words(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "a.docx"))
    assert "no text" in refusal(tmp_path / "a.docx")
