"""Write data/gazetteer/{divisions,townships,former}.csv from two downloaded packages.

Usage: python scripts/build_gazetteer.py china-division-2.7.0.tgz cpca-0.5.5-py3-none-any.whl

The first holds the divisions of the National Bureau of Statistics, the second coordinates and an
older list of counties. data/README.md says which versions and licences the committed files have.
"""

import argparse
import csv
import io
import re
import tarfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kg.gazetteer import Naming, naming
from kg.resources import DATA

FOLDER: Final = DATA / "gazetteer"
# The Bureau's tables end at the mainland.
BEYOND: Final = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
# Rows of the Bureau that only hold a level open and are no division.
PLACEHOLDER: Final = re.compile("市辖区|县|(?:省|自治区)直辖县级行政区划")
# Offices that run a zone or a street are named after it.
OFFICE: Final = re.compile("(?:管理委员会|管委会)$|(?<=街道)(?:办事处|办)$")

Rows = list[dict[str, str]]


def tables(package: Path) -> dict[str, Rows]:
    """Return the tables provinces, cities, areas and streets of the npm package."""
    found: dict[str, Rows] = {}
    with tarfile.open(package) as archive:
        for name in ("provinces", "cities", "areas", "streets"):
            member = archive.extractfile(f"package/dist/{name}.csv")
            if member is None:
                raise SystemExit(f"{package}: no table {name}")
            found[name] = list(csv.DictReader(io.StringIO(member.read().decode("utf-8"))))
    return found


def older(package: Path) -> Rows:
    """Return the rows adcode, name, longitude, latitude of the wheel."""
    with zipfile.ZipFile(package) as archive:
        text = archive.read("cpca/resources/adcodes.csv").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    return [
        row | {"adcode": row["adcode"][:6]}
        for row in rows
        if not PLACEHOLDER.fullmatch(row["name"])
    ]


def divisions(found: dict[str, Rows]) -> dict[str, str]:
    """Return code and name of every division above the township."""
    names = dict(BEYOND)
    for table in ("provinces", "cities", "areas"):
        for row in found[table]:
            code = row["code"].ljust(6, "0")
            # 东莞 stands in the cities and once more as its own county; so does 嘉峪关 as 620201
            twin = names.get(code[:4] + "00") == row["name"]
            if not PLACEHOLDER.fullmatch(row["name"]) and not twin:
                names[code] = OFFICE.sub("", row["name"])
    return dict(sorted(names.items()))


def stem(rules: Naming, code: str, name: str) -> str:
    """Return the part of a county's name that survives when a county becomes a city."""
    return rules.forms(name, "county")[-1] if code[4:] != "00" else name


def coordinates(names: dict[str, str], rows: Rows, rules: Naming) -> dict[str, tuple[str, str]]:
    """Return latitude and longitude by code, also for places that changed code or rank."""
    places: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row["latitude"]:
            place = (f"{float(row['latitude']):.4f}", f"{float(row['longitude']):.4f}")
            code, bare = row["adcode"], stem(rules, row["adcode"], row["name"])
            places[code + row["name"]] = places[code[:4] + bare] = places[
                code[:2] + row["name"]
            ] = place
    found: dict[str, tuple[str, str]] = {}
    for code, name in names.items():
        keys = (code + name, code[:4] + stem(rules, code, name), code[:2] + name)
        found[code] = next((places[key] for key in keys if key in places), ("", ""))
    return found


def former(names: dict[str, str], rows: Rows, rules: Naming) -> Iterable[Sequence[str]]:
    """Yield the counties of the older list that bear the same stem under another name now."""
    now: dict[str, list[str]] = {}
    for code, name in names.items():
        if code[4:] != "00":
            now.setdefault(code[:2] + stem(rules, code, name), []).append(code)
    for row in sorted(rows, key=lambda row: row["adcode"]):
        code, name = row["adcode"], row["name"]
        heirs = now.get(code[:2] + stem(rules, code, name), [])
        if code[4:] != "00" and name not in names.values() and len(heirs) == 1:
            yield name, heirs[0], "former", "cpca 0.5.5", f"now {names[heirs[0]]}"


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one CSV and say how many rows it has."""
    lines = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
    print(f"{path.name}: {len(lines)} rows")


def main() -> None:
    """Read the two packages and write the three files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("divisions", type=Path, help="china-division, the .tgz of npm pack")
    parser.add_argument("coordinates", type=Path, help="cpca, the wheel of pip download")
    arguments = parser.parse_args()
    found, rows, rules = tables(arguments.divisions), older(arguments.coordinates), naming()
    names = divisions(found)
    places = coordinates(names, rows, rules)
    write(
        FOLDER / "divisions.csv",
        ("code", "name", "latitude", "longitude"),
        ((code, name, *places[code]) for code, name in names.items()),
    )
    towns = sorted((row["code"], OFFICE.sub("", row["name"])) for row in found["streets"])
    write(FOLDER / "townships.csv", ("code", "name"), towns)
    write(
        FOLDER / "former.csv",
        ("form", "code", "kind", "source", "note"),
        former(names, rows, rules),
    )


if __name__ == "__main__":
    main()
