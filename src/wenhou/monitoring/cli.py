"""`wenhou watch …`. Handlers take the parsed arguments and return what `--json` prints."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.engine.declared import Watch
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import indicators
from wenhou.monitoring import score as scores
from wenhou.monitoring.actions import runs
from wenhou.monitoring.gaps import cli as gaps
from wenhou.monitoring.indicators.watch import URGENT
from wenhou.monitoring.models import Alert, Run
from wenhou.monitoring.verdicts import ENGINES
from wenhou.monitoring.worth import cli as worth
from wenhou.policy import queries as standards

__all__ = ["indicators"]


def add_commands(subparsers: Any) -> None:
    """`watch run --as-of DATE`, `watch indicators`, `watch score --truth FILE`, `watch explain NUMBER`, and those of
    `gaps` and `worth`."""
    room: argparse.ArgumentParser = subparsers.add_parser("watch", help="跑监测、列指标、评分")
    commands = room.add_subparsers(title="命令", metavar="命令", required=True)
    run = commands.add_parser("run", help="按某日的数据判断所有人，生成和消除预警")
    run.add_argument("--as-of", type=_day, required=True, metavar="DATE", help="数据截至哪一天")
    run.add_argument("--on", type=_day, default=None, metavar="DATE", help="办理日，默认今天")
    run.add_argument("--division", default=None, help="区划代码前缀，默认全部")
    run.add_argument("--indicators", default=None, metavar="A01,D01", help="只看这些指标，默认全部")
    run.add_argument("--engine", choices=ENGINES, default="duckdb")
    run.set_defaults(handler=run_watch)
    listing = commands.add_parser("indicators", help="列出已声明的指标")
    listing.set_defaults(handler=list_indicators)
    score = commands.add_parser("score", help="与真相文件比较最近一次运行：召回率、准确率")
    score.add_argument("--truth", type=Path, required=True, metavar="FILE")
    score.set_defaults(handler=run_score)
    explain = commands.add_parser("explain", help="一条预警为什么存在")
    explain.add_argument("number", metavar="NUMBER")
    explain.set_defaults(handler=explain_alert)
    gaps.add_commands(commands, _day)
    worth.add_commands(commands)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-10-31") from None


def run_watch(arguments: argparse.Namespace) -> dict[str, Any]:
    """Run now and give the run's row."""
    on = arguments.on or clock.today()
    if on > clock.today():
        raise Refused(f"办理日{on}还没有到，不能运行。")
    done = runs.run(
        as_of=arguments.as_of,
        by=None,
        on=on,
        division=arguments.division,
        engine=arguments.engine,
        indicators=arguments.indicators.split(",") if arguments.indicators else None,
    )
    return _run_line(done)


def _run_line(run: Run) -> dict[str, Any]:
    seconds = (
        (run.finished_at - run.started_at).total_seconds() if run.finished_at and run.started_at else None
    )
    return {
        "run": run.pk,
        "as_of": str(run.as_of),
        "state": run.state,
        "persons": run.persons,
        "households": run.households,
        "raised": run.raised,
        "cleared": run.cleared,
        "kept": run.kept,
        "held": run.held,
        "seconds": seconds,
        "indicators": run.counts,
        "missing_standards": [f"{county} {name}" for county, name in standards.published_gaps(run.as_of)],
    }


def list_indicators(_: argparse.Namespace) -> dict[str, Any]:
    """Every declared indicator, one line each."""
    lines = []
    for code, rule in sorted(DEFAULT.indicators.items()):
        assert isinstance(rule.watch, Watch)
        lines.append(
            {
                "indicator": code,
                "name": rule.label,
                "type": rule.watch.type,
                "subject": "人" if rule.entity == "person" else "户",
                "weight": rule.watch.weight,
                "urgent": code in URGENT,
                "sources": list(rule.watch.sources),
                "law": str(rule.versions[-1].law),
                "note": rule.watch.note,
            }
        )
    return {"count": len(lines), "indicators": lines}


def run_score(arguments: argparse.Namespace) -> dict[str, Any]:
    """The latest run against a truth file."""
    if not arguments.truth.is_file():
        raise Refused(f"没有找到真相文件“{arguments.truth.name}”。")
    return scores.score(arguments.truth)


def explain_alert(arguments: argparse.Namespace) -> dict[str, Any]:
    """What was frozen when the alert was raised: headline, basis, tree, evidence."""
    found = Alert.objects.select_related("judgement").filter(number=arguments.number).first()
    if found is None:
        raise Refused(f"没有编号为“{arguments.number}”的预警。")
    return {
        "number": found.number,
        "indicator": found.indicator,
        "headline": found.headline,
        "state": found.state,
        "basis": found.basis,
        "rule_set": found.judgement.rule_set,
        "tree": found.judgement.tree,
        "evidence": found.judgement.evidence,
    }
