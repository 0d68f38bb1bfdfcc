"""The same two files through Splink and nothing else: its ordinary configuration, learned from the data itself.

    python benchmarks/peers/splink_alone.py FOLDER [--probability 0.95]

FOLDER holds people.parquet and records.parquet; links (record, person, bits) go to splink.parquet, seconds and memory to
stdout. What anybody would tidy first is tidied: blanks, small x, numbers that are none. Every comparison is the library's own,
u by random sampling, m by expectation maximisation over two blockings, and the likeliest person of a record above the line.
"""

import argparse
import json
import logging
import resource
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

TIDY = """
    create table {into} as select {key} as unique_id,
        case when length(regexp_replace(upper(id_no), '[^0-9X]', '', 'g')) >= 15
            then regexp_replace(upper(id_no), '[^0-9X]', '', 'g') end as id_no,
        regexp_replace(name, '[\\s　·]', '', 'g') as name, birth_date, sex, rpad(division, 12, '0') as division, phone
    from '{path}'
"""
RULES = [
    block_on("id_no"),
    block_on("name", "birth_date"),
    block_on("phone", "sex"),
    block_on("birth_date", "substr(division, 1, 9)"),
    block_on("name", "substr(division, 1, 9)"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--probability", type=float, default=0.95)
    told = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    began = time.perf_counter()
    links = linked(told.folder, told.probability)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": round(seconds, 1), "peak_mebibytes": peak, "links": links}))


def linked(folder: Path, probability: float) -> int:
    """Tidy, learn, predict; the likeliest person of each record."""
    connection = duckdb.connect()
    connection.execute("set threads = 2; set memory_limit = '10GB'; set preserve_insertion_order = false")
    connection.execute(f"set temp_directory = '{folder / 'spill'}'")
    for name, key in (("people", "person"), ("records", "record")):
        connection.execute(TIDY.format(into=name, key=key, path=folder / f"{name}.parquet"))
    api = DuckDBAPI(connection)
    sides = [api.register(name, dataset_display_name=f"side_{name}") for name in ("people", "records")]
    linker = Linker(sides, settings(), log_level=logging.ERROR)
    train(linker)
    pairs = linker.inference.predict(threshold_match_probability=0.01).physical_name
    connection.execute(
        f"copy (select r as record, max_by(p, match_weight) as person, max(match_weight) as bits from"
        f" (select match_weight, match_probability,"
        f" if(source_dataset_l like '%people%', unique_id_l, unique_id_r) as p,"
        f" if(source_dataset_l like '%people%', unique_id_r, unique_id_l) as r from {pairs})"
        f" group by 1) to '{folder / 'splink.parquet'}' (format parquet)"
    )
    line = f"log2({probability} / (1 - {probability}))"
    found = connection.execute(
        f"select count(*) from '{folder / 'splink.parquet'}' where bits >= {line}"
    ).fetchone()
    return int(found[0]) if found else 0


def settings() -> SettingsCreator:
    """A comparison of the library for each of what is told."""
    place = compare.CustomComparison(
        output_column_name="division",
        comparison_levels=[
            levels.NullLevel("division"),
            levels.ExactMatchLevel("division"),
            *(
                levels.CustomLevel(f"substr(division_l, 1, {n}) = substr(division_r, 1, {n})", f"first {n}")
                for n in (9, 6)
            ),
            levels.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=RULES,
        comparisons=[
            compare.DamerauLevenshteinAtThresholds("id_no", [1, 2]),
            compare.JaroWinklerAtThresholds("name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            compare.DateOfBirthComparison("birth_date", input_is_string=True),
            compare.ExactMatch("sex"),
            place,
            compare.ExactMatch("phone"),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def train(linker: Linker) -> None:
    """As the library's own guide teaches it."""
    linker.training.estimate_probability_two_random_records_match(
        [block_on("id_no"), block_on("name", "birth_date")], recall=0.95
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth_date"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("id_no"))


if __name__ == "__main__":
    main()
