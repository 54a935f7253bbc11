"""Keep bench/RESULTS.md: a section a benchmark, each put in the place of the one before."""

import subprocess
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "RESULTS.md"


def put_section(title: str, text: str) -> None:
    """Put a section into the file of results, in the place of the one that is there."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    before, _, rest = old.partition(f"\n## {title}\n")
    after = rest.partition("\n## ")[2]
    whole = f"{before.rstrip()}\n\n## {title}\n\n{text.strip()}\n"
    RESULTS.write_text(whole + (f"\n## {after}" if after else ""), encoding="utf-8")


def today() -> str:
    """Return the day of the measurement."""
    return datetime.now().astimezone().date().isoformat()


def commit() -> str:
    """Return the commit that is measured, as git names it for short."""
    run = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.strip() or "unknown"


def markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a table, all columns but the first aligned to the right."""
    lines = [head, ("---",) + ("---:",) * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
