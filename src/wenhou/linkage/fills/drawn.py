"""What readings draw from; `linkage.sources` gives it from the lake or from a case file."""

from datetime import date
from typing import Protocol

import ibis.expr.types as ir


class Sources(Protocol):
    """`sources["DI31"]`, `sources.history("DI41")`, what the registry publishes, and what holds where."""

    @property
    def people(self) -> ir.Table: ...

    @property
    def households(self) -> ir.Table: ...

    @property
    def register(self) -> ir.Table: ...

    def __getitem__(self, contract: str) -> ir.Table: ...

    def history(self, contract: str) -> ir.Table: ...

    def standard(self, name: str, county: ir.StringValue, on: date) -> ir.IntegerValue: ...
