"""What tells of people, and where: every field of every department's file and of every table, made of what they declare."""

from collections.abc import Iterator
from dataclasses import dataclass

from wenhou.base import trust
from wenhou.exchange import contracts
from wenhou.exchange.contracts import Contract
from wenhou.supervision.personal import purposes
from wenhou.supervision.personal.purposes import SENSITIVE


@dataclass(frozen=True)
class Entry:
    """A file or a table. whence: the department, or this system. fields: what each tells. sealed: fields kept encrypted.
    ends: what the time of keeping counts from, in words.
    """

    code: str
    title: str
    whence: str
    purpose: str
    is_sensitive: bool
    fields: tuple[str, ...]
    sealed: tuple[str, ...]
    ends: str


OWN = "本系统"
WITH_THE_FILE = "来件被取代或所涉各人的登记期满"
OF_ITS_OWN = "办结或终止"
STANDING = "所涉的人的登记期满"


def entries() -> list[Entry]:
    """Files first, by code; then tables, by name."""
    files = (_of_file(contract) for contract in contracts.all_contracts())
    return [*(entry for entry in files if entry.purpose), *_of_tables()]


def _of_file(contract: Contract) -> Entry:
    return Entry(
        contract.code,
        contract.title,
        contract.department,
        purposes.of_file(contract),
        contract.sensitivity == SENSITIVE,
        tuple(field.label for field in contract.fields),
        tuple(field.label for field in contract.fields if field.holds_identity),
        WITH_THE_FILE,
    )


def _of_tables() -> Iterator[Entry]:
    for model, kept in sorted(trust.declared().items(), key=lambda pair: pair[0]._meta.db_table):
        if kept.about is None:
            continue
        told = kept.about.tells
        yield Entry(
            model._meta.db_table,
            kept.about.title,
            OWN,
            kept.about.purpose,
            bool(kept.secret),
            tuple(told.values()),
            tuple(told[field] for field in sorted(kept.secret)),
            OF_ITS_OWN if kept.about.since else STANDING,
        )
