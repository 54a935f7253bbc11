"""Write data/gazetteer/{divisions,townships,villages,former}.csv from two downloaded packages.

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
TOWN: Final = re.compile("(?:镇|乡|街道|苏木)$")
# A remark before or after a name: 浒墅关经开区（镇）, but not 中国（南京）软件谷.
REMARK: Final = re.compile("^（[^）]*）|（[^）]*）$")

# The committees that the Bureau lists for villages and communities: 毛庄|村民委员会.
COMMITTEE: Final = re.compile(
    "(?:(?:村民|居民|社区|工作)*(?:委员会?|村委会|居委会|委会|居委|村委))+会?$"
)
LEVEL: Final = re.compile("(?:社区|嘎查|村)$")
# What runs nobody's village: 沙河源林场生活区, 文景街道虚拟社区, 第八生产队.
NO_VILLAGE: Final = re.compile("第.*|.*(?:生活区|虚拟.*|管理区|公司|生产队|小组|中心|[镇乡]|街道)")
SHORT: Final = 2  # signs
VILLAGE: Final = re.compile("[一-鿿]{2,8}")

Rows = list[dict[str, str]]
Place = tuple[str, str]


def tables(package: Path) -> dict[str, Rows]:
    """Return the tables provinces, cities, areas, streets and villages of the npm package."""
    found: dict[str, Rows] = {}
    with tarfile.open(package) as archive:
        for name in ("provinces", "cities", "areas", "streets", "villages"):
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


def tidy(name: str) -> str:
    """Return a name without remarks and without the office that runs the place."""
    return OFFICE.sub("", REMARK.sub("", name))


def alone(code: str, name: str, names: dict[str, str]) -> str:
    """Return a township's name without the divisions above it: 半月镇 for 当阳市半月镇."""
    above = [names.get(one, "") for one in (code[:2] + "0000", code[:4] + "00", code[:6])]
    for division in filter(None, above):
        rest = name.removeprefix(division).removeprefix("人民政府")
        if rest != name and len(rest) > 2 and TOWN.search(rest):
            name = rest
    return name


def townships(rows: Rows, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return code and name of what lies below the counties, without rows that only fill a gap."""
    towns = ((row["code"], alone(row["code"], tidy(row["name"]), names)) for row in rows)
    kept = (town for town in towns if not town[1].endswith("村级区划"))
    return sorted(town for town in kept if names.get(town[0][:6]) != town[1])


def village(name: str) -> str | None:
    """Return what a village is called without its committee and level: 储良|村村委会, but 余村.

    None stands for what is no village, or has no name of its own.
    """
    bare = COMMITTEE.sub("", REMARK.sub("", name))
    bare = re.sub("村村$", "村", bare)
    stem = LEVEL.sub("", bare)
    named = stem if len(stem) > 1 else bare
    return named if VILLAGE.fullmatch(named) and not NO_VILLAGE.fullmatch(named) else None


def villages(rows: Rows, names: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    """Yield the code of each county with the names of its villages, of two signs and of more."""
    found: dict[str, set[str]] = {}
    for row in rows:
        code = next(
            one
            for one in (row["code"][:6], row["code"][:4] + "00", row["code"][:2] + "0000")
            if one in names
        )
        if (name := village(row["name"])) is not None:
            found.setdefault(code, set()).add(name)
    for code in sorted(found):
        short = (name for name in found[code] if len(name) == SHORT)
        longer = (name for name in found[code] if len(name) > SHORT)
        yield code, " ".join(sorted(short)), " ".join(sorted(longer))


def divisions(found: dict[str, Rows]) -> dict[str, str]:
    """Return code and name of every division above the township."""
    names = dict(BEYOND)
    for table in ("provinces", "cities", "areas"):
        for row in found[table]:
            code = row["code"].ljust(6, "0")
            # 东莞 stands in the cities and once more as its own county; so does 嘉峪关 as 620201
            twin = names.get(code[:4] + "00") == row["name"]
            if not PLACEHOLDER.fullmatch(row["name"]) and not twin:
                names[code] = tidy(row["name"])
    return dict(sorted(names.items()))


def stem(rules: Naming, code: str, name: str) -> str:
    """Return the part of a name that survives when a county becomes a city or district."""
    return rules.forms(name, "prefecture" if code.endswith("00") else "county")[-1]


def coordinates(names: dict[str, str], rows: Rows, rules: Naming) -> dict[str, Place]:
    """Return latitude and longitude by code, also for places that changed code, rank or name."""
    places: dict[str, set[Place]] = {}
    for row in rows:
        if row["latitude"]:
            place = (f"{float(row['latitude']):.4f}", f"{float(row['longitude']):.4f}")
            code, name = row["adcode"], row["name"]
            for key in (code, code + name, code[:4] + stem(rules, code, name), code[:2] + name):
                places.setdefault(key, set()).add(place)
            places.setdefault(code[:2] + stem(rules, code, name), set()).add(place)
    older_names: dict[str, list[str]] = {}
    with (FOLDER / "aliases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "former":
                older_names.setdefault(row["code"], []).append(row["form"])
    found: dict[str, Place] = {}
    for code, name in names.items():
        bare = stem(rules, code, name)
        keys = [code + name, code[:4] + bare, code[:2] + name, code[:2] + bare]
        keys += [*(code[:2] + form for form in older_names.get(code, [])), code]
        if 71 <= int(code[4:]) <= 80:  # 兰州新区 is not where 兰州 is
            keys = keys[:1]
        single = (next(iter(places[key])) for key in keys if len(places.get(key, ())) == 1)
        found[code] = next(single, ("", ""))
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
    """Read the two packages and write the four files."""
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
    write(FOLDER / "townships.csv", ("code", "name"), townships(found["streets"], names))
    write(FOLDER / "villages.csv", ("code", "short", "longer"), villages(found["villages"], names))
    write(
        FOLDER / "former.csv",
        ("form", "code", "kind", "source", "note"),
        former(names, rows, rules),
    )


if __name__ == "__main__":
    main()
