"""`make mutate`: try every fault on two cores, write the page, fail below the bar."""

import argparse
import importlib
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from mutation import faults

if TYPE_CHECKING:
    from mutation.faults import Fault
    from mutation.report import Tried
    from mutation.trial import Trials

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "mutation.md"
EQUIVALENT = Path(__file__).with_name("equivalent.txt")

FEW = 20
"""At most one fault in so many may be refused by the engine."""

TRIALS: "Trials"
FAULTS: "list[Fault]"


def _prepared() -> None:
    """Everything declared, and the tests' own modules to be found."""
    sys.path.insert(0, str(ROOT / "tests"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
    import django

    django.setup()
    importlib.import_module("policy.answers")


def _modules() -> list[ModuleType]:
    return [
        module
        for name, module in sorted(sys.modules.items())
        if name.startswith("wenhou.policy.rules.")
        and module.__file__
        and not module.__file__.endswith("__init__.py")
    ]


def _equivalent() -> dict[str, str]:
    """Faults that change no answer, each with its reason: `key  # reason`."""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines() if EQUIVALENT.exists() else []
    told = [line.rpartition("  # ") for line in lines if line and not line.startswith("#")]
    assert all(key and reason for key, _, reason in told), "equivalent.txt：每一处都要说明为什么"
    return {key: reason for key, _, reason in told}


def main() -> int:
    parser = argparse.ArgumentParser(description="给规则埋错，看测试能发现多少")
    parser.add_argument("--module", help="只试一个模块，如 dibao；不写报告")
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    _prepared()
    from mutation import examples, report, trial

    start = time.monotonic()
    global TRIALS, FAULTS
    # the sources as they were imported, whatever is written meanwhile
    FAULTS = list(_faults(chosen.module))
    given = list(examples.every())
    TRIALS = trial.Trials(given)
    print(f"{len(given)} 例，{len(TRIALS.wrong)} 处与规则不一（不用），{len(FAULTS)} 处错", file=sys.stderr)
    with multiprocessing.get_context("fork").Pool(chosen.workers) as pool:
        outcomes = pool.map(_try, range(len(FAULTS)), chunksize=8)
    known = _equivalent()
    tried = [_tried(at, outcome, known) for at, outcome in enumerate(outcomes)]
    noticed, all_ = report.score(tried)
    print(
        f"{noticed}/{all_} = {report.percent(noticed, all_)}%，{time.monotonic() - start:.0f}秒",
        file=sys.stderr,
    )
    spare = (
        []
        if chosen.module
        else sorted(known.keys() - {one.key for one in tried if one.outcome == "equivalent"})
    )
    print(
        "".join(f"equivalent.txt：没有这处未发现的错，请删去：{key}\n" for key in spare),
        end="",
        file=sys.stderr,
    )
    if chosen.module:
        print("\n".join(f"{one.line}: {one.key}" for one in tried if one.outcome == trial.SURVIVED))
        return 0
    refused = sum(one.outcome == trial.IMPOSSIBLE for one in tried)
    if refused * FEW > len(tried):
        print(f"{refused}处错没能试成：不是错被拒绝，是试法坏了。", file=sys.stderr)
        return 1
    PAGE.write_text(report.page(tried, examples.said(given)), encoding="utf-8")
    return int(noticed * 100 < report.BAR * all_ or bool(spare))


def _faults(only: str | None) -> Iterator["Fault"]:
    for module in _modules():
        if only is None or module.__name__.endswith(f".{only}"):
            assert module.__file__
            yield from faults.of_module(module.__name__, Path(module.__file__).read_text(encoding="utf-8"))


def _try(at: int) -> str:
    return TRIALS.outcome(FAULTS[at])


def _tried(at: int, outcome: str, equivalent: dict[str, str]) -> "Tried":
    from mutation.report import Tried

    fault = FAULTS[at]
    one = Tried(fault.module, fault.line, fault.was, fault.now, outcome, fault.rule)
    if outcome == "survived" and one.key in equivalent:
        return Tried(fault.module, fault.line, fault.was, fault.now, "equivalent", fault.rule)
    return one


if __name__ == "__main__":
    sys.exit(main())
