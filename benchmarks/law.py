"""The law over 1,000,000 applications of 3,000,000 people, what-if, and a means test beside OpenFisca.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.law [--households 1000000]

Every step is a process of its own, so that each peak is its own. Prints JSON, bars and ratios first.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
AS_OF, SINCE, SEED, DIVISION = date(2025, 10, 15), date(2026, 1, 1), 1, "64"
MEMORY = "6GB"
ROUNDS = 3
BARS = "P2: under 30 s, 8 GiB; what-if: under 60 s, a variant starts in 100 ms"
SORTED = {
    "persons": "select h.county, p.* from persons p join households h using (household)"
    " order by h.county, p.household, p.person",
    "households": "select * from households order by county, household",
    "standards": "select * from standards order by county",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--step", choices=STEPS)
    told = parser.parse_args()
    found = measure(told.households) if told.step is None else STEPS[told.step](told.households)
    print(json.dumps(found, ensure_ascii=False, indent=1 if told.step is None else None))


def measure(households: int) -> dict[str, Any]:
    made = _step("make", households)
    return {
        "bars": BARS,
        "beside_openfisca": _step("means", households),
        "P2_everything": _step("everything", households),
        "whatif": _step("whatif", households),
        "made": made,
    }


def make(households: int) -> dict[str, Any]:
    """Applications by the million into the lake, as linkage publishes them."""
    _django()
    import duckdb

    from wenhou.lake import parquet, sealed
    from wenhou.policy.runs import batches
    from wenhou.sandbox import law

    tables = law.tables(households, SEED, as_of=AS_OF, only=_needed())
    folder = batches.folder(AS_OF)
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:") as connection:
        sealed.let_see(connection)
        for name, table in tables.items():
            connection.register(name, table)
        for name, query in SORTED.items():
            parquet.keep(connection.sql(query), folder / f"{name}.parquet")
    sizes = {name: table.num_rows for name, table in tables.items()}
    return sizes | {"mebibytes": sum(one.stat().st_size for one in folder.iterdir()) >> 20}


def _needed() -> set[str]:
    """What the law reads on either day, in any region."""
    from wenhou.policy import answers
    from wenhou.policy.runs import batches

    regions = (None, *batches.regions(answers.declare()))
    plans = [batches.plan_of(day, region) for day in (AS_OF, SINCE) for region in regions]
    return {name for plan in plans for table in plan.needs.values() for name in table}


def everything(households: int) -> dict[str, Any]:
    """P2: from Parquet to judgements in Parquet."""
    _django()
    from wenhou.policy import answers
    from wenhou.policy.runs import lawrun

    names = len(answers.wanted(answers.declare()))
    began = time.perf_counter()
    report = lawrun.carry_out(as_of=AS_OF, look_into=0, memory=MEMORY)
    return {
        "seconds": round(time.perf_counter() - began, 1),
        **_cost(),
        "households": report.households,
        "persons": report.persons,
        "answers": names,
        "categories": lawrun.by_category(report)[-1],
    }


def whatif(households: int) -> dict[str, Any]:
    """The urban line at 800 yuan in the whole region."""
    _django()
    from wenhou.policy.commands import whatif as command
    from wenhou.policy.runs import batches
    from wenhou.policy.runs.whatif import Variants

    asked = command.question(["dibao_urban=800元"], division=DIVISION, since=SINCE, as_of=AS_OF)
    began = time.perf_counter()
    with batches.opened(AS_OF, memory=MEMORY) as applications:
        variants = Variants(applications, division=DIVISION, day=SINCE)
        prepared = time.perf_counter()
        effects = variants.compare(asked).effects()
        done = time.perf_counter()
        variants.start(variants.table(asked.after, SINCE))
        started = time.perf_counter() - done
    return {
        "seconds": round(done - began, 1),
        "variant_starts_ms": round(started * 1000, 1),
        "prepared_seconds": round(prepared - began, 1),
        **_cost(),
        **{name: effects.total(name) for name in ("households", "gaining", "losing", "unknown")},
        "more_fen_a_month": effects.total("after") - effects.total("before"),
    }


def means(households: int) -> dict[str, Any]:
    """The same means test by both, each in its own process, from the same Parquet; answers must be the same."""
    folder = Path(os.environ["WENHOU_HOME"]) / "means"
    folder.mkdir(parents=True, exist_ok=True)
    _means_tables(households, folder)
    peer = ROOT / ".peers" / "bin" / "python"
    if not peer.exists():
        return {"left_out": "没有 .peers：请用 make bench。"}
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_child(sys.executable, "-m", "benchmarks.means", str(folder)))
        theirs.append(_child(str(peer), "benchmarks/peers/openfisca_means.py", str(folder)))
    rows = [_rows(folder / f"{name}.parquet") for name in ("wenhou", "openfisca")]
    own, other = (min(one["seconds"] for one in several) for several in (ours, theirs))
    return {
        "ratio_to_openfisca": round(other / own, 1),
        "seconds": round(own, 2),
        "openfisca_seconds": round(other, 2),
        "with_imports_seconds": round(min(one["with_imports"] for one in ours), 2),
        "openfisca_with_imports_seconds": round(min(one["with_imports"] for one in theirs), 2),
        "households": len(rows[0]),
        "same_to_the_fen": len(rows[0]) == len(rows[1]) and sum(a == b for a, b in zip(*rows, strict=True)),
    }


def _rows(path: Path) -> list[tuple[Any, ...]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path).sort_by("household")
    columns: Iterable[list[Any]] = (table[name].to_pylist() for name in ("household", "qualifies", "top_up"))
    return list(zip(*columns, strict=True))


def _means_tables(households: int, folder: Path) -> None:
    """Whole fen below the limits of a 32-bit number, which is what the peer keeps."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.Generator(np.random.PCG64(SEED))
    home = np.repeat(np.arange(households), rng.integers(1, 6, households))
    counties = [f"6401{number:02d}" for number in range(20)]
    persons = {"person": np.arange(len(home)), "household": home}
    for name, middle in (
        ("wages", 4e5),
        ("business", 1e5),
        ("property", 2e4),
        ("transfers", 2e5),
        ("money", 5e5),
    ):
        amount = np.minimum(rng.lognormal(np.log(middle), 1.0, len(home)), 5e7).astype(np.int64)
        persons[name] = np.where(rng.random(len(home)) < 0.5, amount, 0)
    where = pa.array(counties).take(pa.array(rng.integers(0, 20, households)))
    tables = {
        "persons": pa.table(persons),
        "households": pa.table({"household": np.arange(households), "county": where}),
        "standards": pa.table({"county": counties, "line": rng.integers(50_000, 90_000, 20)}),
    }
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")


def _django() -> None:
    from wenhou.site.cli import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _cost() -> dict[str, Any]:
    """Of this process so far: its peak, and what both cores worked, which tells more where a machine is shared."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "peak_mebibytes": used.ru_maxrss // 1024,
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
    }


def _step(name: str, households: int) -> dict[str, Any]:
    return _child(sys.executable, "-m", "benchmarks.law", "--step", name, "--households", str(households))


def _child(*words: str) -> dict[str, Any]:
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True, cwd=ROOT)
    return dict(json.loads(done.stdout.splitlines()[-1]))


STEPS = {"make": make, "everything": everything, "whatif": whatif, "means": means}


if __name__ == "__main__":
    main()
