"""Spark 4.0 with Java 17, for the day when one machine is too small. Same plan, same answers."""

import gc
import warnings
from typing import Any

import pyarrow as pa


def session(*, cores: int = 2, partitions: int = 4) -> Any:
    """A local session: UTC, driver on this machine only, no web page, Arrow both ways."""
    from pyspark.sql import SparkSession

    return (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("wenhou")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", str(partitions))
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .getOrCreate()
    )


class Spark:
    """Over a Spark session of the caller's, or a local one."""

    dialect = "pyspark"

    def __init__(self, connection: Any = None) -> None:
        self.connection = connection or session()

    def load(self, name: str, table: pa.Table) -> None:
        self.connection.createDataFrame(table).createOrReplaceTempView(name)

    def columns(self, name: str) -> tuple[str, ...]:
        return tuple(self.connection.table(name).columns)

    def keep(self, name: str, query: str) -> None:
        # a checkpoint cuts the lineage: otherwise each stage would plan and run all those before it again
        self.connection.sql(query).localCheckpoint(eager=True).createOrReplaceTempView(name)

    def see(self, name: str, query: str) -> None:
        self.connection.sql(query).createOrReplaceTempView(name)

    def fetch(self, query: str) -> pa.Table:
        with warnings.catch_warnings():
            # pyspark 4.0 leaves the socket it reads from to be closed by the collector
            warnings.simplefilter("ignore", ResourceWarning)
            found = self.connection.sql(query).toArrow()
            gc.collect(0)
        return found

    def distinct(self, table: str, key: str) -> int:
        return int(self.fetch(f"SELECT COUNT(DISTINCT {key}) AS n FROM `{table}`").column("n")[0].as_py())

    def drop(self, name: str) -> None:
        self.connection.catalog.dropTempView(name)
