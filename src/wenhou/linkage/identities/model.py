"""The published weights as a Splink model on DuckDB, and pairs scored by it."""

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.splink_dataframe import SplinkDataFrame

from wenhou.linkage.identities.weights import (
    BLOCKS,
    COMPARISONS,
    COUNTED_BEFORE,
    DOUBT_AT,
    PEOPLE,
    Comparison,
)

_FREQUENT = tuple(level for one in COMPARISONS for level in one.levels if level.frequency)


def settings() -> SettingsCreator:
    """Splink's settings: nothing is trained, every m and u is the published one."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(one) for one in COMPARISONS],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for _, rule in BLOCKS],
        probability_two_random_records_match=1 / PEOPLE,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=False,
    )


def score(connection: duckdb.DuckDBPyConnection, *, records: str, people: str, into: str) -> None:
    """Append to table `into` (record, person, bits, then the level of every comparison, -1 where nothing is said)
    the pairs of two tables of forms that are no less likely than not.
    """
    database = DuckDBAPI(connection)
    tables = [
        database.register(records, dataset_display_name="a_records"),
        database.register(people, dataset_display_name="b_people"),
    ]
    linker = Linker(tables, settings(), log_level=None, validate_settings=False)
    for column in (level.frequency for level in _FREQUENT):
        found = database.register(f"{column}_frequencies", table_name=f"frequencies_of_{column}")
        linker.table_management.register_term_frequency_lookup(found, column)
    scored: SplinkDataFrame = linker.inference.predict(threshold_match_weight=DOUBT_AT, warning_mode="never")
    levels = ", ".join(f"gamma_{one.name}" for one in COMPARISONS)
    connection.execute(
        f"insert into {into} select unique_id_l, unique_id_r, match_weight, {levels} from {scored.physical_name}"
    )
    linker.table_management.delete_tables_created_by_splink_from_db()


def frequencies(connection: duckdb.DuckDBPyConnection, people: str, also: str) -> None:
    """Tables `name_frequencies` and `sound_frequencies`: the share of people who bear it, counted as if COUNTED_BEFORE
    others had borne it as often as the published `u` says; so a small registry does not make every name look rare.
    """
    for level in _FREQUENT:
        column, before = level.frequency, level.u * COUNTED_BEFORE
        connection.execute(
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
