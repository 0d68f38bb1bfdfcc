"""The same plan on Spark: it reads the facts where they lie in Parquet, and writes the verdicts beside them."""

from wenhou.engine import run
from wenhou.engine.backends.spark import Spark
from wenhou.engine.plan import Plan
from wenhou.monitoring.batching import ENTITIES, Kept


def keep_answers(plan: Plan, kept: Kept, standards: str) -> None:
    """Verdicts as Parquet, persons_answers and households_answers, from the facts kept as persons and households."""
    spark = Spark()
    names = {name: f"watch_{name}" for name in ENTITIES}
    for name, view in names.items():
        spark.read(view, str(kept.folder / name))
    told = kept.connection.execute(f"from {standards}").to_arrow_table()
    batch = run.batch(plan, {**names, "standards": told}, spark)
    try:
        for name in ENTITIES:
            spark.write(getattr(batch, name), str(kept.folder / f"{name}_answers"))
    finally:
        batch.close()
        for view in names.values():
            spark.drop(view)
