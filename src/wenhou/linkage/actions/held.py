"""Rows refused for nothing but an identity number: whose they are, loaded where that is clear, queued where it is not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import duckdb
import pyarrow as pa
from django.db import transaction

from wenhou.exchange import queries as exchange
from wenhou.exchange.actions import linked
from wenhou.exchange.loading.linking import Link
from wenhou.exchange.models import Delivery
from wenhou.lake import store
from wenhou.lake.models import Part
from wenhou.linkage.actions import identities, linked_lines
from wenhou.linkage.actions.linked_lines import Levels
from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.identities import forms, queue, remembered
from wenhou.linkage.models import IdentityDoubt, Mention, PersonMerge, Sighting
from wenhou.linkage.versions import COUNTS

LOADED = "已认到登记的人，这一行另行装入了"
WAITING = "像登记的人，拿不准，等经办员认定"

Lines = dict[int, set[int]]  # delivery → lines


def link(*, deliveries: Iterable[int], on: date, lines: Lines | None = None) -> list[Delivery]:
    """Recognise the held rows of these deliveries, of `lines` only where they are given; gives the deliveries that the
    linked rows come in. Rows that tell of nobody but by a number stay where they are. The same again changes nothing.

    Deliveries that others have replaced are passed over, and doubts about their rows closed; but for contracts whose
    versions are compared, what is clear is linked there too: otherwise the answer would hang on which came first.
    """
    queue.close_told_anew(on=on)
    origins = {one.pk: one for one in holding(deliveries)}
    if not origins:
        return []
    with store.connect() as connection:
        exchange.held(connection, origins.values(), into="held_rows")
        if not tell(connection, lines):
            return []
        with transaction.atomic():
            met = (
                f"select record, contract as source from records_told where delivery in ({_current(origins)})"
            )
            identities.match(connection=connection, records="records_told", met=met, on=on)
            _sight(connection)
        links, looked_at, levels = _links(connection), _lines(connection), linked_lines.levels(connection)
    return _load({pk: origins[pk] for pk in looked_at}, links, looked_at, on, levels)


def link_waiting(*, on: date) -> list[Delivery]:
    """Recognise anew whatever is held: the registry has learnt something."""
    return link(deliveries=Part.objects.filter(COUNTS).values_list("delivery", flat=True), on=on)


def follow(*, mentions: Iterable[Mention], on: date) -> list[Delivery]:
    """Load, take out or weigh anew the lines that spoke in these words, as they now stand decided."""
    decided: dict[int, list[Link]] = defaultdict(list)
    open_again: Lines = defaultdict(set)
    for mention in mentions:
        person = _decided(mention)
        for seen in mention.sightings.all():
            if person is None:
                open_again[seen.delivery].add(seen.line)
            else:
                decided[seen.delivery].append(Link(seen.line, person, "decided"))
    origins = {one.pk: one for one in holding(decided)}
    done = _load(origins, decided, {pk: {one.line for one in links} for pk, links in decided.items()}, on)
    return done + (link(deliveries=open_again, on=on, lines=open_again) if open_again else [])


def _decided(mention: Mention) -> int | None:
    same = [key for key, one in remembered.standing(mention).items() if one == IdentityVerdict.SAME]
    if not same:
        return None
    merged = PersonMerge.objects.filter(absorbed=same[0], undone_on=None).values_list("kept", flat=True)
    return merged.first() or same[0]


def holding(deliveries: Iterable[int]) -> list[Delivery]:
    """Of these deliveries those that hold rows and count: that nothing has replaced, or whose versions are compared."""
    counting = Part.objects.filter(COUNTS, delivery__in=list(deliveries))
    found = Delivery.objects.filter(pk__in=counting.values("delivery")).order_by("pk")
    return [one for one in found if exchange.hold_rows(one)]


def _current(deliveries: Iterable[int]) -> str:
    """Those that nothing has replaced, as SQL; nobody is asked about what is told anew."""
    current = Part.objects.filter(delivery__in=list(deliveries), superseded_by=None)
    return ", ".join(map(str, current.values_list("delivery", flat=True))) or "null"


def tell(connection: duckdb.DuckDBPyConnection, lines: Lines | None) -> bool:
    """Table records_told (record, delivery, line, field, contract, forms.TOLD): the held rows that say more than a number.
    Whether there are any.
    """
    connection.execute("create temp table wanted (delivery bigint, line bigint)")
    for delivery, several in (lines or {}).items():
        connection.executemany("insert into wanted values (?, ?)", [[delivery, line] for line in several])
    chosen = "and (delivery, line) in (select (delivery, line) from wanted)" if lines is not None else ""
    contracts = " ".join(
        f"when {part.delivery} then '{part.contract}'" for part in Part.objects.filter(origin=None)
    )
    connection.execute(
        "create temp table records_told as select row_number() over (order by delivery, line) as record,"
        f" *, case delivery {contracts} end as contract from held_rows"
        f" where coalesce(name, birth_date, phone) is not null {chosen}"
    )
    return connection.execute("select 1 from records_told limit 1").fetchone() is not None


def _sight(connection: duckdb.DuckDBPyConnection) -> None:
    """Remember where words that are or were in doubt stand, so that a decision finds its lines."""
    told = list(Mention.objects.values_list("pk", "words"))
    kept = pa.table(
        {"mention": [pk for pk, _ in told], "words": pa.array([one for _, one in told], pa.string())}
    )
    connection.register("mentions_kept", kept)
    rows = connection.execute(
        "select kept.mention, told.delivery, told.line, told.field from records_told told"
        " join shaped_records shaped on shaped.unique_id = told.record"
        f" join mentions_kept kept on kept.words = {forms.WORDS}"
    ).fetchall()
    connection.unregister("mentions_kept")
    Sighting.objects.bulk_create(
        [
            Sighting(mention_id=mention, delivery=delivery, line=line, field=field)
            for mention, delivery, line, field in rows
        ],
        ignore_conflicts=True,
        batch_size=2_000,
    )


def _links(connection: duckdb.DuckDBPyConnection) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = defaultdict(list)
    for delivery, *link in connection.execute(
        "select delivery, line, person, method, bits from identity_links join records_told using (record)"
        " order by delivery, line"
    ).fetchall():
        found[delivery].append(Link(*link))
    return found


def _lines(connection: duckdb.DuckDBPyConnection) -> Lines:
    found: Lines = defaultdict(set)
    for delivery, line in connection.execute("select delivery, line from records_told").fetchall():
        found[delivery].add(line)
    return found


def _load(
    origins: dict[int, Delivery],
    links: dict[int, list[Link]],
    looked_at: Lines,
    on: date,
    levels: Levels | None = None,
) -> list[Delivery]:
    """Of the lines looked at, those with a link are in afterwards and the others are not."""
    done = []
    for pk, origin in origins.items():
        with linked.alone(origin):
            found = _as_decided(pk, {one.line: one for one in links.get(pk, [])}, looked_at[pk])
            done.append(
                linked.change(origin=origin, linked=found, unlinked=_without(found, looked_at[pk]), on=on)
            )
            stand = linked.links(origin=origin)
            linked_lines.keep(delivery=pk, links=stand, levels=levels or {}, on=on)
        _say(origin, stand)
    return [one for one in done if one is not None]


def _without(links: list[Link], lines: set[int]) -> set[int]:
    return lines - {one.line for one in links}


def _as_decided(delivery: int, links: dict[int, Link], looked_at: set[int]) -> list[Link]:
    """The links as the verdicts stand now: somebody may have decided while they were being found."""
    spoken = dict(Sighting.objects.filter(delivery=delivery).values_list("line", "mention"))
    verdicts = remembered.standing_of(spoken.values())
    kept = dict(PersonMerge.objects.filter(undone_on=None).values_list("absorbed", "kept"))
    for line in looked_at & spoken.keys():
        stands = {kept.get(key, key): one for key, one in verdicts.get(spoken[line], {}).items()}
        if same := [key for key, one in stands.items() if one == IdentityVerdict.SAME]:
            links[line] = Link(line, same[0], "decided")
        elif line in links and (links[line].method == "decided" or links[line].person in stands):
            del links[line]
    return list(links.values())


def _say(origin: Delivery, stand: Iterable[Link]) -> None:
    """Into the rejects file: what was linked, what waits."""
    waiting = IdentityDoubt.objects.filter(closed_on=None).values("mention")
    lines = Sighting.objects.filter(delivery=origin.pk, mention__in=waiting).values_list("line", flat=True)
    loaded = dict.fromkeys((one.line for one in stand), LOADED)
    linked.say(origin=origin, remarks=dict.fromkeys(lines, WAITING) | loaded)
