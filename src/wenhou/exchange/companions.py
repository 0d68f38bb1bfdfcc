"""Columns any delivery about people may bring beside its contract's own: who is meant, should the number be wrong.

They are read only where a row's identity number does not hold, for the row to be recognised (`linkage`); nothing in them
is ever refused, and they never reach the lake's facts.
"""

from wenhou.exchange.contracts import Contract

COLUMNS = {
    "name": "person_name",
    "birth_date": "person_birth_date",
    "sex": "person_sex",
    "division": "person_division",
    "phone": "person_phone",
}
"""What is told of the person whom the contract's first identity number names → its column."""
_OWN = {"name": "name", "birth_date": "birth_date", "sex": "sex", "division": "division_code"}
OF_RESIDENTS = "DI01"
"""The contract whose own columns tell who the person is."""


def allowed(contract: Contract) -> frozenset[str]:
    """The columns this contract's deliveries may bring beside its own."""
    return frozenset(COLUMNS.values()) if contract.table.person_columns else frozenset()


def told_by(contract: Contract) -> dict[str, str]:
    """What is told of the person → the column that tells it."""
    own = _OWN if contract.code == OF_RESIDENTS else {}
    return {**COLUMNS, **own}
