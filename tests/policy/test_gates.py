"""What the law must do somewhere: every answer is yes, no and unknown for somebody, drawn or written."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy import examples
from policy.answers import AGREED, ANSWERS, DEFAULT, VERDICTS
from policy.households import DAY, PLACE
from wenhou.engine import plan, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.monitoring import indicators
from wenhou.policy import graph
from wenhou.sandbox.law import tables

HERE = Path(__file__).parent
SAMPLE, ALL = 20_000, 200_000
Seen = dict[str, Counter[str]]


def _listed(name: str) -> dict[str, str]:
    """`key  # why` by line."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    told = [line.partition("  # ") for line in lines if line.strip() and not line.startswith("#")]
    assert all(why.strip() for _, _, why in told), f"{name}：每一条都要说明为什么"
    return {key.strip(): why.strip() for key, _, why in told}


def _seen(households: int) -> Seen:
    """Of every verdict, how many say yes, no and unknown; of other answers, how many say this or that."""
    made = plan.make(as_of=DAY, region=PLACE, wanted=ANSWERS)
    only = {name for table in made.needs.values() for name in table}
    found = run.batch(made, tables(households, 11, as_of=DAY, only=only), DuckDB())
    seen: Seen = {}
    for table in ("persons", "households"):
        answers = found.arrow(table)
        for name in set(answers.column_names) & set(ANSWERS):
            counts = answers[name].value_counts().to_pylist()
            seen[name] = Counter({_said(row["values"]): row["counts"] for row in counts})
    found.close()
    return seen


def _said(value: object) -> str:
    if value is None:
        return "不知道"
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def _one_sided(seen: Seen) -> list[str]:
    """Verdicts that match nobody or everybody, or never lack anything; other answers that are always the same."""
    found = []
    for name in ANSWERS:
        if name in VERDICTS:
            found += [f"{name} {lacks}" for lacks in ("是", "否", "不知道") if not seen[name][lacks]]
        elif len(set(seen[name]) - {"不知道"}) < 2:
            found.append(f"{name} 不变")
    return found


def test_every_name_agreed_upon_is_declared() -> None:
    assert [name for name in AGREED if name not in DEFAULT] == []


def test_every_fact_the_law_needs_is_drawn() -> None:
    made = plan.make(as_of=DAY, region=PLACE, wanted=ANSWERS)
    drawn = tables(50)
    for table in ("persons", "households", "standards"):
        assert sorted(set(made.needs[table]) - set(drawn[table].column_names)) == []


def test_no_answer_is_the_same_for_everybody() -> None:
    """In a place drawn at random; what is exempt says why, and nothing is exempt that need not be."""
    assert sorted(_one_sided(_seen(SAMPLE))) == sorted(_listed("one_sided.txt"))


@pytest.mark.slow
def test_no_answer_is_the_same_for_two_hundred_thousand() -> None:
    assert sorted(_one_sided(_seen(ALL))) == sorted(_listed("one_sided.txt"))


def _shown() -> Iterator[tuple[str, str]]:
    """Every answer that some case of tests/cases/rules expects."""
    for example in examples.of_rules():
        for answers in example.right.values():
            for name, value in answers.items():
                yield name, _said(value)


def test_every_verdict_has_its_cases() -> None:
    """A case that says yes, one that says no and one that says unknown, or it stands in the list of what lacks."""
    shown = set(_shown())
    lacking = [
        f"{name} {said}" for name in VERDICTS for said in ("是", "否", "不知道") if (name, said) not in shown
    ]
    listed = set(_listed("lacking_cases.txt"))
    assert sorted(set(lacking) - listed) == [], "请补案例"
    assert sorted(listed - set(lacking)) == [], "已有案例，请从 lacking_cases.txt 删去"


def test_no_chapter_of_determinations_rests_on_a_chapter_of_screening() -> None:
    """As the picture of dependence shows it: what the watch sees feeds the watch alone."""
    watch = {*indicators.__all__, "verified", "known_property", "screening", "seen"}
    fed = {user for used, user in graph.module_edges() if used in ("income", "kin", "verified", "seen")}
    assert fed <= watch
    assert {used for used, user in graph.module_edges() if user in watch} >= {"income", "kin", "lines"}
