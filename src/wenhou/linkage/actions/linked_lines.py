"""Which lines stand linked by likelihood: kept in step with what is loaded, so that a person's page can show them."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from wenhou.exchange.loading.linking import Link
from wenhou.linkage.identities.weights import COMPARISONS
from wenhou.linkage.models import LinkedLine

BY_LIKELIHOOD = "model"
Levels = Mapping[tuple[int, int], dict[str, str]]
"""Delivery and line → comparison → level."""


def levels(connection: duckdb.DuckDBPyConnection) -> Levels:
    """What agreed in the links just found by likelihood, from `identity_links` and `records_told`."""
    columns = ", ".join(f'identity_links."{one.name}"' for one in COMPARISONS)
    rows = connection.execute(
        f"select delivery, line, {columns} from identity_links join records_told using (record)"
        f" where method = '{BY_LIKELIHOOD}'"
    ).fetchall()
    return {
        (delivery, line): {
            one.name: one.levels_by_code[code] for one, code in zip(COMPARISONS, codes, strict=True)
        }
        for delivery, line, *codes in rows
    }


def keep(*, delivery: int, links: Iterable[Link], levels: Levels, on: date) -> None:
    """Bring the lines of a delivery up to the links that stand. What stood already is left as it was."""
    wanted = {one.line: one for one in links if one.method == BY_LIKELIHOOD}
    stood = LinkedLine.objects.filter(delivery=delivery)
    persons = dict(stood.values_list("line", "person"))
    gone = [line for line, person in persons.items() if line not in wanted or wanted[line].person != person]
    stood.filter(line__in=gone).delete()
    new = [one for line, one in wanted.items() if line in gone or line not in persons]
    LinkedLine.objects.bulk_create(
        [
            LinkedLine(
                person=one.person,
                delivery=delivery,
                line=one.line,
                bits=one.bits or 0.0,
                levels=levels.get((delivery, one.line), {}),
                linked_on=on,
            )
            for one in new
        ],
        batch_size=2_000,
    )
