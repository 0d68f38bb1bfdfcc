"""A means test in OpenFisca-Core, read from and written to Parquet. Run by the interpreter of `.peers`, never ours.

    .peers/bin/python benchmarks/peers/openfisca_means.py FOLDER

FOLDER holds persons.parquet, households.parquet and standards.parquet; answers go to openfisca.parquet, seconds to stdout.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()

import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from openfisca_core.entities import build_entity  # noqa: E402
from openfisca_core.periods import DateUnit  # noqa: E402
from openfisca_core.simulations import SimulationBuilder  # noqa: E402
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # noqa: E402
from openfisca_core.variables import Variable  # noqa: E402

PERIOD = "2025-10"
INCOMES = ("wages", "business", "property", "transfers")
Household = build_entity(
    key="household", plural="households", label="A family", roles=[{"key": "member", "plural": "members"}]
)
Person = build_entity(key="person", plural="persons", label="A person", is_person=True)


def given(name: str, entity: object) -> type[Variable]:
    """An input, whole fen."""
    told = {"value_type": int, "entity": entity, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), told)


class family_size(Variable):
    value_type, entity, definition_period, label = int, Household, DateUnit.MONTH, "Members"

    def formula(household: Any, period: Any) -> Any:
        return household.nb_persons()


class income_12m(Variable):
    value_type, entity, definition_period, label = int, Household, DateUnit.MONTH, "Income of twelve months"

    def formula(household: Any, period: Any) -> Any:
        several = [household.sum(household.members(name, period)) for name in INCOMES]
        return np.maximum(sum(several), 0)


class has_property_within_limits(Variable):
    value_type, entity, definition_period, label = (
        bool,
        Household,
        DateUnit.MONTH,
        "At most 36 months of the line",
    )

    def formula(household: Any, period: Any) -> Any:
        limit = 36 * household("line", period) * household("family_size", period)
        return household.sum(household.members("money", period)) <= limit


class qualifies(Variable):
    value_type, entity, definition_period, label = bool, Household, DateUnit.MONTH, "Below the line"

    def formula(household: Any, period: Any) -> Any:
        yearly = household("line", period) * 12 * household("family_size", period)
        return (household("income_12m", period) < yearly) & household("has_property_within_limits", period)


class top_up(Variable):
    value_type, entity, definition_period, label = (
        int,
        Household,
        DateUnit.MONTH,
        "What lacks, up to the yuan",
    )

    def formula(household: Any, period: Any) -> Any:
        yearly = household("line", period) * 12 * household("family_size", period)
        lacking = -(-(yearly - household("income_12m", period)) // 12)
        return np.where(household("qualifies", period), -(-lacking // 100) * 100, 0)


def system() -> TaxBenefitSystem:
    made = TaxBenefitSystem([Household, Person])
    for name in (*INCOMES, "money"):
        made.add_variable(given(name, Person))
    made.add_variable(given("line", Household))
    for variable in (family_size, income_12m, has_property_within_limits, qualifies, top_up):
        made.add_variable(variable)
    return made


def answered(folder: Path) -> pa.Table:
    """From Arrow to Arrow."""
    persons, households, standards = (
        pq.read_table(folder / f"{name}.parquet") for name in ("persons", "households", "standards")
    )
    builder = SimulationBuilder()
    made = system()
    builder.create_entities(made)
    builder.declare_person_entity("person", persons["person"].to_numpy())
    homes = builder.declare_entity("household", households["household"].to_numpy())
    roles = np.zeros(len(persons), dtype=np.int64)
    builder.join_with_persons(homes, persons["household"].to_numpy(), roles)
    simulation = builder.build(made)
    for name in (*INCOMES, "money"):
        simulation.set_input(name, PERIOD, persons[name].to_numpy())
    lines = dict(zip(standards["county"].to_pylist(), standards["line"].to_pylist(), strict=True))
    counties = households["county"].combine_chunks().dictionary_encode()
    by_code = np.array([lines[county] for county in counties.dictionary.to_pylist()])
    simulation.set_input("line", PERIOD, by_code[counties.indices.to_numpy()])
    return pa.table(
        {
            "household": households["household"],
            "qualifies": simulation.calculate("qualifies", PERIOD),
            "top_up": simulation.calculate("top_up", PERIOD).astype(np.int64),
        }
    )


def main() -> None:
    folder, ready = Path(sys.argv[1]), time.perf_counter()
    table = answered(folder)
    done = time.perf_counter()
    pq.write_table(table, folder / "openfisca.parquet")
    print(json.dumps({"seconds": done - ready, "with_imports": done - STARTED}))


if __name__ == "__main__":
    main()
