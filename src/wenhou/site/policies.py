"""Policies of row security, made of what is said of each table. What a row's own columns say is asked first: an expression
that costs a look elsewhere comes last in its "or".
"""

from django.apps import apps
from django.db.models import Model

from wenhou.base import trust
from wenhou.base.trust import Kept, Seen

PLACES = "any((select staff_places())::text[])"
ABOVE = "any((select staff_above())::text[])"
WALLS = "any((select staff_walls())::text[])"
_ORDER = (
    "public",
    "staff",
    "duty",
    "holds",
    "place",
    "own",
    "overseen",
    "through",
    "behind",
    "household",
    "person",
    "unplaced",
)
READS, WRITES, WORKS = "desk_reads", "desk", "worker"


def by_table() -> list[tuple[type[Model], Kept]]:
    """What is said, in the order of the tables' names."""
    return sorted(trust.declared().items(), key=lambda told: told[0]._meta.db_table)


def statements(web: str, worker: str) -> list[str]:
    """Row security on every table of the rooms: what the web's role gets and may do, and all for the worker's."""
    return [line for model, kept in by_table() for line in _of_table(model, kept, web, worker)]


def _of_table(model: type[Model], kept: Kept, web: str, worker: str) -> list[str]:
    table = model._meta.db_table
    told = [
        f"alter table {table} enable row level security",
        *(f"drop policy if exists {name} on {table}" for name in (READS, WORKS)),
        *(
            f"drop policy if exists {WRITES}_{act}s on {table}"
            for act in ("insert", "update", "delete", "lock")
        ),
        f"create policy {WORKS} on {table} to {worker} using (true) with check (true)",
    ]
    if kept.seen == trust.NOBODY:
        return told
    told.append(
        f"create policy {READS} on {table} for select to {web} using ({_open(model, kept, kept.seen)})"
    )
    return told + [
        _of_act(table, act, _open(model, kept, by), web) for act, by in trust.writers(kept).items()
    ]


def _of_act(table: str, act: trust.Act, written: str, web: str) -> str:
    """To lock is to be let near an update that no row then passes."""
    using = "" if act == "insert" else f" using ({written})"
    check = "" if act == "delete" else f" with check ({'false' if act == 'lock' else written})"
    verb = "update" if act == "lock" else act
    return f"create policy {WRITES}_{act}s on {table} for {verb} to {web}{using}{check}"


def grants(model: type[Model], kept: Kept, web: str) -> list[str]:
    """What the web may do to the table, row security aside."""
    meta = model._meta
    if kept.seen == trust.NOBODY:
        return []
    touched = {"select": kept.reads, "update": kept.updates, "lock": frozenset({meta.pk.name})}  # type: ignore[union-attr]
    told = [_right(model, act, touched.get(act, frozenset())) for act in ("select", *sorted(kept.may))]
    return [f"grant {', '.join(told)} on {meta.db_table} to {web}"]


def _right(model: type[Model], act: str, fields: frozenset[str]) -> str:
    columns = sorted(str(model._meta.get_field(name).column) for name in fields)  # type: ignore[union-attr]
    verb = "update" if act == "lock" else act
    return f"{verb} ({', '.join(columns)})" if columns else verb


def _open(model: type[Model], kept: Kept, seen: Seen) -> str:
    """Whoever gets a row, and of a row behind a wall only who may look behind it."""
    told = condition(model, seen)
    if kept.wall is None:
        return told
    table, column = model._meta.db_table, kept.wall.column
    places = (f"({table}.{column} || {table}.{place})::text ^@ {WALLS}" for place in kept.wall.places)
    return f"({told}) and ({table}.{column} = '' or {' or '.join(places)})"


def condition(model: type[Model], seen: Seen) -> str:
    """Whoever gets a row of this model, as an expression of PostgreSQL."""
    ways = sorted(seen.ways(), key=lambda one: _ORDER.index(one.kind))
    return " or ".join(f"({_way(model, one)})" for one in ways)


def _way(model: type[Model], seen: Seen) -> str:
    table = model._meta.db_table
    columns = [f"{table}.{model._meta.get_field(name).attname}" for name in seen.columns]  # type: ignore[union-attr]
    if seen.kind == "place":
        return _of_place(columns, seen.reaching)
    if seen.kind in ("through", "behind"):
        return _beyond(model, seen)
    if seen.kind == "duty":
        return f"(select staff_duties() && array[{', '.join(repr(role) for role in seen.beyond)}])"
    simple = {
        "own": "{0} = (select staff_account())",
        "person": "staff_sees_person({0})",
        "unplaced": "staff_may_place({0})",
        "household": "staff_sees_household({0})",
        "holds": "{0} = '{1}'",
        "staff": "(select cardinality(staff_places()) > 0)",
        "overseen": "{0} = any((select staff_overseen())::bigint[])",
        "public": "true",
    }[seen.kind]
    return " or ".join(simple.format(column, *seen.beyond) for column in columns or [""])


def _of_place(columns: list[str], reaching: bool) -> str:
    """A code begins with a place's digits; or, reaching, is a place's own first digits."""
    told = [f"{column}::text ^@ {PLACES}" for column in columns]
    return " or ".join(told + [f"{column}::text = {ABOVE}" for column in columns if reaching])


def _beyond(model: type[Model], seen: Seen) -> str:
    """Row security of the other table applies to who asks, so its own policy says the rest."""
    table = model._meta.db_table
    if seen.kind == "through":
        key = model._meta.get_field(seen.columns[0])
        other = key.related_model._meta  # type: ignore[union-attr]
        there, here = other.pk.column, key.column  # type: ignore[union-attr]
    else:
        other = apps.get_model(seen.beyond[0])._meta
        there, here = other.get_field(seen.beyond[1]).column, model._meta.pk.column  # type: ignore[union-attr]
    return f"exists (select from {other.db_table} beyond where beyond.{there} = {table}.{here})"
