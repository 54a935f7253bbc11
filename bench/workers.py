"""How much faster are two processes than one on the same pages?

    python -m bench.workers [--articles N]

Invented articles (bench/scale.py) in files of a hundred; the clock, not processor time, so the machine
should be quiet. Both runs print the same bytes, or this stops. Puts the figures into the section
«Workers» of bench/RESULTS.md.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.results import ROOT, commit, put_section, today
from bench.scale import Invention


def run(folder: Path, workers: int) -> tuple[float, str]:
    command = [sys.executable, "-m", "kg", "extract", str(folder), "--workers", str(workers), "-q"]
    start = time.perf_counter()
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    return time.perf_counter() - start, hashlib.sha256(out).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=4000)
    options = parser.parse_args()
    invent = Invention()
    with tempfile.TemporaryDirectory(prefix="kg-workers-") as name:
        for start in range(0, options.articles, 100):
            rows = [json.dumps(invent(n), ensure_ascii=False) for n in range(start, start + 100)]
            (Path(name) / f"{start:06d}.jsonl").write_text("\n".join(rows), encoding="utf-8")
        alone, one = run(Path(name), 1)
        together, two = run(Path(name), 2)
    if one != two:
        sys.exit("one process and two say different things")
    text = (
        f"`python -m bench.workers` · {today()} · commit {commit()} · {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.0f} · clock\n\n{options.articles:,} articles: one process {alone:.1f} s, "
        f"two {together:.1f} s, {alone / together:.2f} times as fast; the same bytes."
    )
    print(text)
    put_section("Workers", text)


if __name__ == "__main__":
    main()
