"""Who looked at a person: what the audit has of it, so that a look taken out of the table of looks is there all the same."""

from dataclasses import dataclass
from datetime import datetime

from wenhou.base.audit import finding, proofs
from wenhou.base.audit.checking import Proof
from wenhou.lake.models import SamePerson
from wenhou.staff.models import Account, Look


@dataclass(frozen=True)
class Seen:
    """One look. number: of the audit's entry; proof: that it stands under a seal, None while it waits for one."""

    number: int
    at: datetime
    who: str
    shown: str
    purpose: str
    page: str
    proof: Proof | None


def of(person: int) -> list[Seen]:
    """Every look at a person by any of their keys, the oldest first."""
    entries = list(finding.telling(Look._meta.db_table, "person", _keys(person)))
    accounts = {entry.changed["account_id"][1] for entry in entries}
    names = dict(Account.objects.filter(pk__in=accounts).values_list("pk", "full_name"))
    return [
        Seen(
            number=entry.number,
            at=datetime.fromisoformat(told["at"]),
            who=names.get(told["account_id"], f"账号{told['account_id']}"),
            shown=told["shown"],
            purpose=told["purpose"],
            page=told["page"],
            proof=proofs.of(entry.number),
        )
        for entry in entries
        for told in [{name: after for name, (_, after) in entry.changed.items()}]
    ]


def _keys(person: int) -> set[int]:
    """The person's key and those read as it, or as which it is read."""
    kept = SamePerson.objects.filter(absorbed=person).values_list("kept", flat=True).first() or person
    return {person, kept, *SamePerson.objects.filter(kept=kept).values_list("absorbed", flat=True)}
