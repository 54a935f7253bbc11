"""Does a store stay quick as it grows?

    python -m bench.scale [ARTICLES] [--keep FOLDER]

Writes invented articles (sentences of data/samples put together anew, with other counties, people,
days and numbers), builds a store from them in steps, and measures the cost of an article as the
store grows, the memory of all processes together, and how long adding one page takes. Prints the
figures and puts them into the section «Scale» of bench/RESULTS.md.
"""

import argparse
import csv
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path

from bench.results import ROOT, put_section
from kg.pipeline import open_source
from kg.read import discover

SAMPLES = ROOT / "data" / "samples"
DIVISIONS = ROOT / "data" / "gazetteer" / "divisions.csv"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭郎"
GIVEN = "安邦川岱恩帆耕瀚嘉凯岚铭宁鹏琪仁松涛维翔雅哲舟竹晓文建国海峰立新长河春雨秋实"
POSTS = "民警|辅警|所长|教导员|指导员|大队长|中队长|支队长|警长|站长"
PER_FILE = 250


def sentences() -> list[str]:
    texts = [a.text for path in discover([SAMPLES]) for a in open_source(path).articles]
    parts = (part for text in texts for part in re.findall(r"[^。\n]+。”?", text))
    return sorted({part for part in parts if len(part) > 15})


def counties() -> list[str]:
    with DIVISIONS.open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    return sorted({name for name in names if len(name) > 2 and name[-1] in "县旗市"})


class Invention:
    """Articles, the same for the same number."""

    def __init__(self) -> None:
        self._sentences, self._counties = sentences(), counties()
        known = sorted(self._counties, key=len, reverse=True)
        self._region = re.compile("|".join(map(re.escape, known)))
        self._person = re.compile(rf"({POSTS})[\u4e00-\u9fff]{{2,3}}(?=说|介绍|表示|在|带)")

    def __call__(self, number: int) -> dict[str, str]:
        luck = random.Random(number)
        county = luck.choice(self._counties)
        day = date(2024, 1, 1) + timedelta(luck.randrange(700))
        chosen = luck.sample(self._sentences, luck.randint(6, 10))
        told = [self._retold(one, luck, county, day) for one in chosen]
        half = len(told) // 2
        title = f"{county}：{luck.choice(GIVEN)}{luck.choice(GIVEN)}里的守望{number}"
        text = f"{title}\n{''.join(told[:half])}\n{''.join(told[half:])}"
        outlet = f"{luck.choice(self._counties)[:-1]}平安报"
        return {"title": title, "text": text, "source": outlet, "date": day.isoformat()}

    def _retold(self, text: str, luck: random.Random, county: str, day: date) -> str:
        text = self._region.sub(county, text)
        text = self._person.sub(lambda post: post[1] + self._name(luck), text)
        then = day - timedelta(luck.randrange(5))
        text = re.sub(r"\d+月\d+日", f"{then.month}月{then.day}日", text)
        return re.sub(
            r"\d{2,}(?=余?[名人份户起处次件])", lambda _: str(luck.randint(10, 999)), text
        )

    def _name(self, luck: random.Random) -> str:
        return luck.choice(SURNAMES) + "".join(luck.sample(GIVEN, luck.randint(1, 2)))


def write_pages(folder: Path, count: int) -> None:
    invent = Invention()
    for start in range(0, count, PER_FILE):
        with (folder / f"{start:06}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(start, min(start + PER_FILE, count)):
                file.write(json.dumps(invent(number), ensure_ascii=False) + "\n")
    one = invent(count + 1)
    page = (
        f"{one['title']}\n\n{one['date']}　{one['source']}\n\n{one['text'].partition(chr(10))[2]}\n"
    )
    (folder.parent / "one.txt").write_text(page, encoding="utf-8")


class Memory(threading.Thread):
    """Watches the memory of a process and all below it, shared pages counted by share."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self.peak = pid, 0

    def run(self) -> None:
        while Path(f"/proc/{self._pid}").exists():
            self.peak = max(self.peak, sum(map(self._share, self._tree(self._pid))))
            time.sleep(0.2)

    def _tree(self, pid: int) -> list[int]:
        found = [pid]
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(path.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == pid:
                found += self._tree(int(path.parent.name))
        return found

    def _share(self, pid: int) -> int:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            return 0
        return int(re.search(r"Pss:\s+(\d+)", text)[1]) * 1024


def run(*arguments: object) -> tuple[float, float, int]:
    """Run kg; return seconds by the clock, seconds of all processors, bytes at the peak."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "kg", *map(str, arguments)], cwd=ROOT)
    memory = Memory(process.pid)
    memory.start()
    if process.wait():
        sys.exit(f"kg {arguments[0]} failed")
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory.join()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, used, memory.peak


def steps(count: int) -> list[int]:
    """Return the sizes at which the store is measured: multiples of what one file holds."""
    marks = [1000, 2000, 5000, 10000, 15000, 20000, 50000]
    return [*(mark for mark in marks if mark < count), count]


def measure(folder: Path, count: int) -> list[str]:
    pages, store = folder / "pages", folder / "store"
    pages.mkdir()
    write_pages(pages, count)
    files = sorted(pages.iterdir())
    size = sum(path.stat().st_size for path in files)
    run("add", store, folder / "one.txt", "-q")  # so that each step starts alike
    idle = min(run("add", store, folder / "one.txt", "-q")[1] for _ in range(3))
    run("remove", store, "one.txt", "-q")
    lines = [
        "| articles | clock, ms an article | processor, ms an article | peak memory |",
        "|---|---|---|---|",
    ]
    done, peak = 0, 0
    for mark in steps(count):
        part = files[done // PER_FILE : -(-mark // PER_FILE)]
        clock, used, memory = run("add", store, *part, "-q")
        new, peak = mark - done, max(peak, memory)
        lines.append(
            f"| {done:,} → {mark:,} | {1000 * clock / new:.1f} | {1000 * (used - idle) / new:.1f} "
            f"| {memory / 2**20:,.0f} MiB |"
        )
        print(lines[-1], flush=True)
        done = mark
    adding = sorted(_one(store, folder) for _ in range(5))
    records = (store / "records.sqlite").stat().st_size
    return [
        f"{count:,} articles, {size / 2**20:.0f} MiB of text; store {records / 2**20:,.0f} MiB; "
        f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[2]:.1f} (quiet: about 2).",
        "",
        *lines,
        "",
        f"Adding one page to that store, start of the program included: {adding[0][0]:.2f} s by the "
        f"clock (median of five {adding[2][0]:.2f} s), {adding[0][1]:.2f} s of processor. Peak memory of "
        f"all processes: {peak / 2**20:,.0f} MiB.",
    ]


def _one(store: Path, folder: Path) -> tuple[float, float]:
    clock, used, _ = run("add", store, folder / "one.txt", "-q")
    run("remove", store, "one.txt", "-q")
    return clock, used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="Leave pages and store in this folder.")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="kg-scale-"))
    folder.mkdir(exist_ok=True)
    try:
        lines = measure(folder, options.articles)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(lines))
    put_section("Scale", "Built by `python -m bench.scale`.\n\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
