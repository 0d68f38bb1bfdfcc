"""One household asked under the whole law, warm: every answer with its tree of reasons (P3).

    python -m benchmarks.rules

Prints milliseconds (median, p95) for several households, the reader aside; then with the reader, and what would turn
the refusals.
"""

import os
import time
from collections.abc import Callable
from datetime import date
from statistics import median, quantiles
from typing import Any

DAY = date(2025, 10, 15)
WARM, ROUNDS = 20, 300
BAR = 20.0


def households() -> dict[str, dict[str, Any]]:
    """A family on Dibao, one refused with two supporters, and one of which much is unknown."""
    head = {"日期": DAY, "区划": "640104", "城乡": "城市", "已核对": "全部", "授权": "是"}
    couple = {
        "马某": {"与申请人关系": "申请人", "性别": "男", "出生日期": "1980-05-01", "近12个月工资性收入": "14400.00元"},
        "李某": {"与申请人关系": "配偶", "性别": "女", "出生日期": "1982-05-01", "残疾类别": "肢体", "残疾等级": 2},
        "马小": {"与申请人关系": "子女", "性别": "男", "出生日期": "2016-05-01", "父亲": "马某", "母亲": "李某"},
    }  # fmt: skip
    supporters = {
        name: {
            "赡养扶养对象": "马某", "对受养人的身份": "父母", "义务人家庭": "父母家", "义务人家庭人数": 2,
            "义务人家庭近12个月收入": "96000.00元", "被赡养人数": 1, "出生日期": born, "酌情豁免已批准": "否",
        }
        for name, born in (("马父", "1952-03-01"), ("马母", "1954-03-01"))
    }  # fmt: skip
    return {
        "三口，低保": head | {"人员": couple},
        "三口，有义务人，不符合": head | {"人员": couple, "义务人": supporters},
        "三口，多项不知道": head | {"已核对": ["DI01", "申报", "SA-AUTH"], "人员": couple},
    }


def one_household(told: dict[str, Any]) -> Callable[[], object]:
    """What is timed: every answer of a household that was read, with every tree."""
    from wenhou.policy import answers, queries
    from wenhou.policy.applications import reader
    from wenhou.policy.asking.determinations import determine

    law, known = answers.declare(), queries.from_files()
    application = reader.read(told, book=law)
    return lambda: determine(application, known=known, book=law)


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile of many rounds, warm."""
    for _ in range(WARM):
        work()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken), quantiles(taken, n=20)[-1]


def main() -> None:
    os.environ.setdefault(
        "DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"
    )  # standards of the files alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
    import django

    django.setup()
    from wenhou.policy.applications import reader
    from wenhou.policy.asking import changes
    from wenhou.policy.asking.determinations import Determination

    for name, told in households().items():
        work = one_household(told)
        middle, late = milliseconds(work)
        print(f"{name}: median {middle:.1f} ms, p95 {late:.1f} ms (bar {BAR:.0f})")
        found = work()
        if isinstance(found, Determination):
            started = time.perf_counter()
            turnings = changes.turnings(found)
            print(f"  {len(turnings)} refusals turned in {(time.perf_counter() - started) * 1000:.0f} ms")
        started = time.perf_counter()
        reader.read(told)
        print(f"  read in {(time.perf_counter() - started) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
