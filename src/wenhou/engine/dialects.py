"""What the two databases write differently; the rest of a statement they read alike."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wenhou.engine import units
from wenhou.engine.nodes import Value
from wenhou.engine.units import Unit


@dataclass(frozen=True)
class Dialect:
    """How a database writes names, texts and dates. name: duckdb or pyspark, as a backend calls it."""

    name: str

    def __call__(self, name: str) -> str:
        """A table's or column's name."""
        mark = '"' if self.name == "duckdb" else "`"
        return f"{mark}{name}{mark}"

    def type(self, kept: str) -> str:
        if kept == "text":
            return "VARCHAR" if self.name == "duckdb" else "STRING"
        return TYPES[kept]

    def literal(self, value: Value, unit: Unit) -> str:
        match value:
            case None:
                return f"CAST(NULL AS {self.type(units.storage(unit))})"
            case bool():
                return str(value).upper()
            case str():
                return self.text(value)
            case date():
                return f"DATE '{value.isoformat()}'"
        if isinstance(value, Decimal) or units.storage(unit) == "decimal":
            return f"CAST({value} AS {TYPES['decimal']})"
        return str(value) if value >= 0 else f"({value})"  # two signs in a row would begin a comment

    def text(self, value: str) -> str:
        if self.name == "duckdb":
            return "'" + value.replace("'", "''") + "'"
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def later(self, day: str, number: str, what: str) -> str:
        """A date some months or days after another, before or after the calendar's ends as it may be."""
        if self.name == "duckdb":
            return f"CAST({day} + TO_{what.upper()}({number}) AS DATE)"
        return f"CAST({day} + CAST(CONCAT({number}, ' {what}') AS INTERVAL) AS DATE)"

    def starts_with(self, text: str, start: str) -> str:
        return f"{'STARTS_WITH' if self.name == 'duckdb' else 'STARTSWITH'}({text}, {start})"

    def days_between(self, start: str, end: str) -> str:
        if self.name == "duckdb":
            return f"DATE_DIFF('day', {start}, {end})"
        return f"DATEDIFF(DAY, {start}, {end})"


TYPES = {
    "bool": "BOOLEAN",
    "date": "DATE",
    "int": "BIGINT",
    "decimal": "DECIMAL(18, 4)",
    "float": "DOUBLE",
}
