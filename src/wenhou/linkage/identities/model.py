"""The published weights as a Splink model on DuckDB, and pairs scored by it."""

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.splink_dataframe import SplinkDataFrame

from wenhou.linkage.identities import blocks
from wenhou.linkage.identities.weights import COMPARISONS, COUNTED_BEFORE, LOOKED_AT, Comparison, Level

_FREQUENT = tuple(level for one in COMPARISONS for level in one.levels if level.frequency)


def settings(prior: float) -> SettingsCreator:
    """Splink's settings: nothing is trained, every m and u is the published one.

    prior: the odds that a record is a given registered person's and not somebody's who is not registered.
    """
    return SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(one) for one in COMPARISONS],
        blocking_rules_to_generate_predictions=[{"blocking_rule": one} for one in blocks.rules()],
        probability_two_random_records_match=prior / (1 + prior),
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=False,
    )


def score(
    connection: duckdb.DuckDBPyConnection, *, records: str, people: str, into: str, prior: float
) -> None:
    """Append to table `into` (record, person, bits, then the level of every comparison, -1 where nothing is said)
    the pairs of two tables of forms that lie at LOOKED_AT or above.
    """
    database = DuckDBAPI(connection)
    tables = [
        database.register(records, dataset_display_name="a_records"),
        database.register(people, dataset_display_name="b_people"),
    ]
    linker = Linker(tables, settings(prior), log_level=None, validate_settings=False)
    for column in (level.frequency for level in _FREQUENT):
        found = database.register(f"{column}_frequencies", table_name=f"frequencies_of_{column}")
        linker.table_management.register_term_frequency_lookup(found, column)
    scored: SplinkDataFrame = linker.inference.predict(threshold_match_weight=LOOKED_AT, warning_mode="never")
    levels = ", ".join(f"gamma_{one.name}" for one in COMPARISONS)
    connection.execute(
        f"insert into {into} select unique_id_l, unique_id_r, match_weight, {levels} from {scored.physical_name}"
    )
    linker.table_management.delete_tables_created_by_splink_from_db()


def frequencies(connection: duckdb.DuckDBPyConnection, people: str, also: str) -> None:
    """Tables `name_frequencies` and the like: the share of people who bear it, counted as if COUNTED_BEFORE
    others had borne it as often as the published `u` says; so a small registry does not make every name look rare.
    """
    for level in _FREQUENT:
        connection.execute(_frequency(level, people, also))


def _frequency(level: Level, people: str, also: str) -> str:
    column, before = level.frequency, level.u * COUNTED_BEFORE
    return (
        f"create or replace temp table {column}_frequencies as select {column},"
        f" (count(*) filter (bears) + {before}) / ((select count(*) from {people}) + {COUNTED_BEFORE}) as tf_{column}"
        f" from (select {column}, true as bears from {people} union all select {column}, false from {also})"
        f" where {column} is not null group by {column}"
    )


def _comparison(one: Comparison) -> dict[str, object]:
    unknown = {"sql_condition": one.unknown, "label_for_charts": "unknown", "is_null_level": True}
    levels: list[dict[str, object]] = []
    for level in one.levels:
        told: dict[str, object] = {
            "sql_condition": level.sql or "ELSE",
            "label_for_charts": level.name,
            "m_probability": level.m,
            "u_probability": level.u,
        }
        if level.frequency:
            told["tf_adjustment_column"] = level.frequency
        levels.append(told)
    return {"output_column_name": one.name, "comparison_levels": [unknown, *levels]}
