"""The same fills on Spark give the same facts."""

from datetime import date

import pytest

from wenhou.linkage import facts, sources
from wenhou.linkage.case_tables import Written

pytestmark = pytest.mark.spark
DAY = date(2026, 10, 31)
WANTED = [
    "out_of_pocket_this_year",
    "inpatient_self_paid_12m",
    "is_in_prison_six_months",
    "days_abroad_12m",
    "last_marital_event",
    "has_disability_worsened",
    "gets_orphan_allowance",
    "unrecognised_chronic_discharge_on",
    "earnings_after_tax_12m",
]
ROWS = {
    "DI31": [{"id_no": 1, "year": 2026, "oop_total": 2_000_000}],
    "DI29": [
        {"id_no": 1, "visit_no": "1", "admit": "2026-09-01", "discharge": "2026-09-30", "self_pay": 7},
        {"id_no": 2, "visit_no": "2", "admit": "2026-09-01", "discharge": "2026-10-01", "diag_code": "I10"},
    ],
    "DI08": [{"id_no": 2, "term_start": "2026-01-01", "term_end": "2026-06-30", "status": "在押"}],
    "DI05": [{"id_no": 1, "exit_date": "2026-10-21"}],
    "DI44": [
        {"id_no": 1, "event": "结婚", "event_date": "2020-01-01"},
        {"id_no": 1, "event": "离婚", "event_date": "2021-01-01"},
    ],
    "DI41": [
        {"id_no": 2, "cert_no": "C", "level": 3, "issue_date": "2020-01-01", "status": "有效", "delivery": 1},
        {"id_no": 2, "cert_no": "C", "level": 2, "issue_date": "2021-01-01", "status": "有效", "delivery": 2},
    ],
    "DI46": [{"id_no": 2, "kind": "孤儿", "month": "2026-10", "status": "发放"}],
    "DI26": [{"id_no": 1, "period": "2026-03", "income": 100, "tax": 10}],
}
CONTRACTS = (*ROWS, "DI30", "SA-ARCH")


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark", reason="no spark extra: the fills are not tried on Spark here")
    import shutil

    if shutil.which("java") is None:
        pytest.skip("no Java: the fills are not tried on Spark here")
    import ibis

    from wenhou.engine.backends.spark import session

    return ibis.pyspark.connect(session())


@pytest.mark.filterwarnings("ignore")
def test_spark_and_duckdb_agree(spark) -> None:
    people = [{"person": key, "household": 10, "hukou_division": "640104001001"} for key in (1, 2, 3)]
    written = Written(ROWS, people, [{"household": 10, "division": "640104001001"}], None)
    for name in ("people", "households", "register"):
        _bring(spark, name, getattr(written, name))
    for contract in CONTRACTS:
        _bring(spark, sources.view_of(contract), written[contract])
    _bring(spark, "di41_history", written.history("DI41"))
    views = sources.Views(spark, written.spoken)
    told = facts.tables(views, as_of=DAY, wanted=WANTED).persons.order_by("person").to_pyarrow()
    expected = facts.tables(written, as_of=DAY, wanted=WANTED).persons.order_by("person").to_pyarrow()
    assert told.to_pylist() == expected.to_pylist()
    assert expected["days_abroad_12m"].to_pylist() == [10, 0, 0]


def _bring(spark, name: str, table) -> None:
    rows = table.to_pyarrow()
    spark._session.createDataFrame(rows).createOrReplaceTempView(name)
