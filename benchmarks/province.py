"""A lake of millions, made of copies of one sandbox county that was loaded through the command line.

Every copy is of other people, households, numbers and counties; whatever a row says otherwise is as in the county, so
each of its kinds of need is there as often in a hundred. Rows are written as a delivery's are: sorted by person key,
one Parquet file a part, zstd. The registry's publications are copied alike; PostgreSQL keeps the one county.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

AS_OF, DIVISION, SEED = date(2024, 11, 15), "640104", 11
SEED_RESIDENTS = 73_000
PROVINCE = DIVISION[:2]
NORTH = (
    "640104",
    "640105",
    "640106",
    "640121",
    "640122",
    "640181",
    "640202",
    "640205",
    "640221",
    "640302",
    "640303",
)
SOUTH = (
    "640323",
    "640324",
    "640381",
    "640402",
    "640422",
    "640423",
    "640424",
    "640425",
    "640502",
    "640521",
    "640522",
)
COUNTIES = (*NORTH, *SOUTH)
SHARED_NUMBERS = ("disaster_no",)
DONE = "done"


@dataclass(frozen=True)
class Stride:
    """How far apart the keys of two copies are."""

    persons: int
    households: int


def built(home: Path, residents: int) -> Path:
    """The folder of a lake of about so many people, made once; `settings.WENHOU_LAKE` may then name it."""
    from wenhou.lake import files

    seed = files.root()
    if not (seed / "published" / "people" / f"{AS_OF}.parquet").exists():
        _load_seed(home)
    lake = home / f"lake-{residents}"
    if not (lake / DONE).exists():
        _copy(seed, lake, max(1, round(residents / SEED_RESIDENTS)))
        (lake / DONE).touch()
    return lake


def _load_seed(home: Path) -> None:
    place = home / "seed"
    built_at = ["--residents", str(SEED_RESIDENTS), "--seed", str(SEED), "--as-of", AS_OF.isoformat()]
    for words in (
        ["sandbox", "build", str(place), "--division", DIVISION, *built_at],
        ["database", "migrate"],
        ["exchange", "load", str(place / "deliveries")],
        ["watch", "run", "--as-of", AS_OF.isoformat(), "--on", AS_OF.isoformat()],
    ):
        subprocess.run(
            [sys.executable, "-m", "wenhou.site", *words, "--json"], stdout=subprocess.DEVNULL, check=True
        )


def _copy(seed: Path, lake: Path, number: int) -> None:
    """Every part, and what the registry published, `number` times over."""
    from wenhou.exchange import contracts
    from wenhou.lake import parquet, sealed
    from wenhou.lake.models import Part

    Part.objects.filter(division=DIVISION).update(division=PROVINCE)
    connection = duckdb.connect(config={"memory_limit": "2GB", "threads": 2})
    sealed.let_see(connection)
    people, homes = (_published(seed, name) for name in ("people", "households"))
    found = connection.execute(
        f"select (select max(person) from {people}), (select max(household) from {homes})"
    )
    stride = Stride(*(1 + key for key in found.fetchone() or (0, 0)))
    for part in Part.objects.order_by("contract", "delivery"):
        kinds = {field.name: field.kind for field in contracts.contract(part.contract).fields}
        once = part.contract == "SA-STD"
        source = parquet.file(seed / part.path)
        copies = min(number, len(COUNTIES)) if once else number
        _write(connection, source, lake / part.path, kinds, copies, stride, of_places=once)
    keys = {"person": "id", "father": "id", "mother": "id", "spouse": "id", "guardian": "id", "id_no": "id"}
    for name in ("people", "households", "register"):
        target = lake / "published" / name / f"{AS_OF}.parquet"
        _write(
            connection,
            _published(seed, name),
            target,
            {**keys, "carer_id": "id", "household": "home"},
            number,
            stride,
        )
    connection.close()


def _published(seed: Path, name: str) -> str:
    from wenhou.lake import parquet

    return parquet.file(seed / "published" / name / f"{AS_OF}.parquet")


def _write(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    target: Path,
    kinds: dict[str, str],
    number: int,
    stride: Stride,
    *,
    of_places: bool = False,
) -> None:
    from wenhou.lake import parquet

    target.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"create or replace temp table seed as select * from {source}")
    columns = [(name, str(kind)) for name, kind, *_ in connection.table("seed").description]
    size = (connection.execute("select count(*) from seed").fetchone() or (0,))[0]
    branches = []
    for copy in range(number):
        told = ", ".join(_column(name, kind, kinds, copy, stride, size) for name, kind in columns)
        twice = f" where division_code like '{DIVISION}%'" if of_places and copy else ""
        branches.append(f"select {told} from seed{twice}")
    query = " union all ".join(branches)
    parquet.write(connection, query, target)


def _column(name: str, kind: str, kinds: dict[str, str], copy: int, stride: Stride, size: int) -> str:
    return f'{_said(name, kind, kinds, copy, stride, size)} as "{name}"'


def _said(name: str, kind: str, kinds: dict[str, str], copy: int, stride: Stride, size: int) -> str:
    if kinds.get(name) == "id":
        return f'"{name}" + {copy * stride.persons}'
    if kinds.get(name) == "home":
        return f'"{name}" + {copy * stride.households}'
    if name == "line":
        return f'"{name}" + {copy * (size + 1)}'
    if kind != "VARCHAR":
        return f'"{name}"'
    if name.endswith(("_no", "uscc")) and name not in SHARED_NUMBERS:
        return f"\"{name}\" || '-{copy}'"
    if name == "subject":
        return f"'p' || (substr(\"{name}\", 2)::bigint + {copy * stride.persons})"
    county = COUNTIES[copy % len(COUNTIES)]
    if county == DIVISION:
        return f'"{name}"'
    return f'case when starts_with("{name}", \'{DIVISION}\') then \'{county}\' || substr("{name}", 7) else "{name}" end'


def parts(lake: Path) -> Iterator[tuple[str, Path]]:
    """Contract and file of every part."""
    for path in sorted((lake / "facts").glob("*/*.parquet")):
        yield path.parent.name, path
