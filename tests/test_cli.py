"""The commands as a person meets them: results, messages, exit codes."""

import json
import re
import shutil
import sys
import webbrowser
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import cli, pipeline
from kg.engine import local
from kg.errors import OutputError

ARTICLE = """河畔来了护学岗

6月2日,陕西省汉中市南郑区公安局汉山派出所联合南郑区教育体育局,在汉山中心小学开展防溺水安全教育活动,
向学生讲解自救知识,发放宣传手册300余份。该所所长田小满说,护学岗每天放学后开展巡逻。

(林小溪)
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


class Kg:
    """Runs a command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        self._capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kg:
    monkeypatch.setenv("COLUMNS", "200")
    return Kg(monkeypatch, capsys)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# ── build ────────────────────────────────────────────────────────────────────────────────────────


def test_build_writes_every_export_and_names_the_page_to_open(
    kg: Kg, page: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ran = kg("build", page, "-o", out)
    assert ran.code == 0
    assert ran.err.rstrip().endswith(f"Open {out / 'explorer.html'}")
    suffixes = {Path(name).suffix for name in contents(out)}
    assert {".html", ".nq", ".trig", ".ttl", ".jsonld", ".graphml", ".gexf", ".csv", ".jsonl"} <= (
        suffixes
    )
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_build_is_silent_when_asked(kg: Kg, page: Path, tmp_path: Path) -> None:
    assert kg("build", page, "-o", tmp_path / "out", "--quiet") == Ran(0, "", "")


def test_same_pages_same_bytes_in_any_order(kg: Kg, samples: Path, tmp_path: Path) -> None:
    pages = [samples / "xizang-dingri.txt", samples / "pingan-bulletin.jsonl"]
    assert kg("build", *pages, "-o", tmp_path / "one", "-q").code == 0
    assert kg("build", *reversed(pages), "-o", tmp_path / "two", "-q").code == 0
    assert kg("build", *pages, "-o", tmp_path / "one", "-q").code == 0, "and again, over itself"
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_processes_give_the_same_result(
    kg: Kg, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "SMALL", 0)
    monkeypatch.setattr(local, "BATCH", 2)
    pages = [
        samples / "pingan-bulletin.jsonl",
        tmp_path / "missing.txt",
        samples / "xizang-dingri.txt",
    ]
    (tmp_path / "missing.txt").write_bytes(b"")
    alone = kg("extract", *pages, "--workers", "1")
    pooled = kg("extract", *pages, "--workers", "2")
    assert alone.code == 0
    assert alone == pooled


def test_a_failed_build_leaves_the_old_result_as_it_was(
    kg: Kg, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert kg("build", page, "-o", out, "-q").code == 0
    before = contents(out)

    def fail(_graph: object, folder: Path, **_: object) -> list[Path]:
        (folder / "half").write_text("written", encoding="utf-8")
        raise OutputError("the disk is full")

    monkeypatch.setattr(pipeline, "export", fail)
    ran = kg("build", page, "-o", out)
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "kg: the disk is full"
    assert contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "page.txt"]


def test_a_folder_of_other_files_is_left_alone(kg: Kg, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter1.txt").write_text("years of work", encoding="utf-8")
    ran = kg("build", page, "-o", other)
    assert ran.code == 1
    assert ran.err == f"kg: {other}: holds other files; name a new or empty folder\n"
    assert (other / "chapter1.txt").read_text(encoding="utf-8") == "years of work"


# ── bad input ────────────────────────────────────────────────────────────────────────────────────

BAD = {
    "empty.txt": b"",
    "blank.txt": "\n　\n".encode(),
    "binary.txt": bytes(range(256)) * 40,
    "truncated.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog",
    "not-a-zip.docx": b"PK\x03\x04 and then nothing",
    "broken.jsonl": b'{"title": "x", "text": \n',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_alone_is_one_clear_line_and_a_failure(kg: Kg, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    ran = kg("extract", path)
    assert ran.code == 1
    assert ran.out == ""
    problem, verdict = ran.err.splitlines()
    assert problem.startswith(f"kg: {path}: ")
    assert problem.count(name) == 1, "named once"
    assert verdict == "kg: nothing could be read"


def test_bad_inputs_do_not_harm_the_good_one(kg: Kg, page: Path, tmp_path: Path) -> None:
    alone = kg("extract", page)
    for name, raw in BAD.items():
        (tmp_path / name).write_bytes(raw)
    ran = kg("extract", page, *(tmp_path / name for name in BAD), tmp_path / "missing.txt")
    assert ran.code == 0
    assert ran.out == alone.out
    lines = ran.err.splitlines()
    assert len(lines) == len(BAD) + 1
    for name in (*BAD, "missing.txt"):
        assert sum(f"{tmp_path / name}: " in line for line in lines) == 1, name


def test_build_with_a_bad_input_reports_and_goes_on(kg: Kg, page: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = kg("build", page, tmp_path / "empty.txt", "-o", tmp_path / "out")
    assert ran.code == 0
    assert any(line.startswith(f"kg: {tmp_path / 'empty.txt'}: ") for line in ran.err.splitlines())
    assert (tmp_path / "out" / "explorer.html").is_file()


def test_build_of_nothing_writes_nothing(kg: Kg, tmp_path: Path) -> None:
    ran = kg("build", tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert ran.code == 1
    assert not (tmp_path / "out").exists()


# ── extract ──────────────────────────────────────────────────────────────────────────────────────


def test_extract_prints_the_record_of_the_manual(kg: Kg, page: Path) -> None:
    ran = kg("extract", page)
    assert (ran.code, ran.err) == (0, "")
    (line,) = ran.out.splitlines()
    said = json.loads(line)
    assert said["title"] == "河畔来了护学岗"
    assert {"text", "source", "date", "dateline", "byline"} <= said.keys()
    assert said["text"].startswith("河畔来了护学岗\n")
    for mention in said["mentions"]:
        assert mention["text"] == said["text"][mention["start"] : mention["end"]]
    nodes = {entity["id"]: entity for entity in said["entities"]}
    assert {m["entity"] for m in said["mentions"]} <= nodes.keys()
    assert "汉中市南郑区公安局汉山派出所" in {entity["name"] for entity in nodes.values()}
    for relation in said["relations"]:
        assert relation["head"] in nodes
        assert relation["status"]
        assert all(0 <= start < end <= len(said["text"]) for start, end in relation["evidence"])


def test_extract_keeps_the_order_of_the_inputs(kg: Kg, page: Path, samples: Path) -> None:
    other = samples / "xizang-dingri.txt"
    titles = [json.loads(line)["title"] for line in kg("extract", page, other).out.splitlines()]
    assert titles == ["河畔来了护学岗", "暴雪夜里的四十公里"]
    titles = [json.loads(line)["title"] for line in kg("extract", other, page).out.splitlines()]
    assert titles == ["暴雪夜里的四十公里", "河畔来了护学岗"]


# ── the others ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def result(kg: Kg, page: Path, tmp_path: Path) -> Path:
    assert kg("build", page, "-o", tmp_path / "out", "-q").code == 0
    return tmp_path / "out"


def test_validate_accepts_what_build_made(kg: Kg, result: Path) -> None:
    assert kg("validate", result).code == 0


def test_validate_finds_a_quote_that_was_touched(kg: Kg, result: Path) -> None:
    changed = 0
    for path in result.rglob("*"):
        if path.suffix in {".nq", ".trig", ".jsonl"}:
            text = path.read_text(encoding="utf-8")
            changed += "汉山派出所联合" in text
            path.write_text(text.replace("汉山派出所联合", "汉水派出所联合"), encoding="utf-8")
    assert changed
    ran = kg("validate", result)
    assert ran.code == 1
    assert ran.out.strip()


def test_query_answers_as_table_csv_and_json(kg: Kg, result: Path) -> None:
    ask = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    rows = json.loads(kg("query", result, ask, "--format", "json").out)
    assert int(rows[0]["n"]) > 50
    header, figure = kg("query", result, ask, "--format", "csv").out.splitlines()
    assert (header, figure) == ("n", rows[0]["n"])
    assert rows[0]["n"] in kg("query", result, ask).out


def test_query_lists_the_named_ones(kg: Kg) -> None:
    ran = kg("query", "--list")
    assert ran.code == 0
    assert "cooperation\t" in ran.out


def test_query_says_what_is_wrong_with_it(kg: Kg, result: Path) -> None:
    ran = kg("query", result, "SELECT WHERE {{{")
    assert ran.code == 1
    assert ran.err.startswith("kg: ")
    assert "Traceback" not in ran.err


def test_view_prints_the_page_and_opens_it(
    kg: Kg, result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(opened.append(url)) or True)
    ran = kg("view", result)
    page = (result / "explorer.html").resolve()
    assert (ran.code, ran.out) == (0, f"{page}\n")
    assert opened == [page.as_uri()]


def test_view_of_something_else_says_how_to_make_a_result(kg: Kg, tmp_path: Path) -> None:
    ran = kg("view", tmp_path)
    assert ran.code == 1
    assert "kg build" in ran.err


def test_evaluate_prints_figures_and_writes_the_gallery(kg: Kg, page: Path, tmp_path: Path) -> None:
    text = ARTICLE.replace("汉山中心小学", "{l1:汉山中心小学}").replace("6月2日", "{t1:6月2日}")
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.ann").write_text(
        f"doc: a\n---\n{text}\n---\nl1 LOC 汉山中心小学\nt1 TIME 6月2日\n---\n", encoding="utf-8"
    )
    gallery = tmp_path / "errors.html"
    ran = kg("evaluate", gold, page, "--json", "--html", gallery)
    assert ran.code == 0
    assert json.loads(ran.out)["mention TIME"]["recall"] == 1
    assert "河畔来了护学岗" in gallery.read_text(encoding="utf-8")
    table = kg("evaluate", gold, page, "--errors", "3")
    assert "mention TIME" in table.out
    assert len([line for line in table.out.splitlines() if line.startswith("a\t")]) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "x.txt"),
        ("extract",),
        ("nothing",),
        ("evaluate", "x.txt"),
        ("extract", "x", "-w", "0"),
    ],
)
def test_wrong_usage_is_status_2(kg: Kg, arguments: tuple[str, ...]) -> None:
    ran = kg(*arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_explain_draws_a_unit_and_lists_places(kg: Kg) -> None:
    drawn = kg("explain", "汉中市南郑区公安局汉山派出所").out
    assert drawn.index("南郑区公安局") < drawn.index("汉山派出所")
    assert [len(line) - len(line.lstrip(" └─")) for line in drawn.splitlines()[:2]] == [0, 4]
    assert "610703" in drawn
    listed = kg("explain", "鼓楼区", "--home", "徐州市").out
    assert {"320106", "320302", "350102", "410204"} <= set(re.findall(r"[0-9]{6}", listed))
    assert "→" in listed.split("320302")[0].splitlines()[-1]
    assert "lies in 徐州市" in listed
    assert "open" in kg("explain", "鼓楼区").out
    assert "杭锦后旗" in kg("explain", "陕坝").out
    assert kg("explain", "没有这个名字").code == 1


@pytest.mark.parametrize(
    "command", ["build", "explain", "extract", "push", "validate", "evaluate", "view", "query"]
)
def test_every_command_has_help(kg: Kg, command: str) -> None:
    ran = kg(command, "--help")
    assert ran.code == 0
    assert "Usage" in ran.out
    assert command in kg("--help").out


def test_the_version_is_that_of_the_package(kg: Kg) -> None:
    ran = kg("--version")
    assert ran.code == 0
    assert ran.out.strip().count(".") == 2


def test_a_copy_in_another_folder_gives_the_same_articles(
    kg: Kg, page: Path, tmp_path: Path
) -> None:
    """Ids come from what a page says, not from where it lies."""
    other = tmp_path / "elsewhere"
    other.mkdir()
    shutil.copy(page, other / "copy.txt")
    one = json.loads(kg("extract", page).out)
    two = json.loads(kg("extract", other / "copy.txt").out)
    assert one["entities"] == two["entities"]
    assert one["relations"] == two["relations"]
