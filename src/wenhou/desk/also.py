"""What else the same run answered about the same person or household, from the judgements it kept."""

from dataclasses import dataclass

import pyarrow.parquet as pq

from wenhou.desk import watched
from wenhou.lake import files
from wenhou.monitoring.models import Alert
from wenhou.web import numbers


@dataclass(frozen=True)
class Also:
    """The other indicators: those answered yes, those not known, and how many were no."""

    told: tuple[tuple[str, str, str], ...]
    """Answer, code, name; yes before unknown."""
    no: int


def of(alert: Alert) -> Also | None:
    """The other answers of the run that raised an alert; None where its judgements are no longer kept."""
    entity, key = (
        ("household", alert.subject[1:]) if alert.subject.startswith("h") else ("person", alert.subject[1:])
    )
    path = files.root() / "judgements" / f"{alert.judgement.run_id:08d}" / f"{entity}s.parquet"
    number = numbers.whole(key)
    if not path.exists() or number is None:
        return None
    rules = {rule.name: code for code, rule in watched.declared().items() if rule.entity == entity}
    kept = set(pq.read_schema(path).names)
    columns = [name for name, code in rules.items() if name in kept and code != alert.indicator]
    rows = pq.read_table(path, columns=columns, filters=[(entity, "=", number)]).to_pylist()
    if not rows:
        return None
    answers = {rules[name]: answer for name, answer in rows[0].items()}
    names = watched.names()
    yes = [("yes", code, names[code]) for code, answer in sorted(answers.items()) if answer]
    unknown = [("unknown", code, names[code]) for code, answer in sorted(answers.items()) if answer is None]
    return Also((*yes, *unknown), sum(answer is False for answer in answers.values()))
