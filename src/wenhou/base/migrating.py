"""Migrations in two halves, so that nobody has to stop: those that only add are applied while the release before still runs,
those marked `after = True` when it runs no more (docs/guides/serving.md)."""

from collections.abc import Iterator

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor


def pending() -> list[tuple[str, str]]:
    """(app, name) of every migration that is not applied, in their order."""
    return [(one.app_label, one.name) for one in _plan(MigrationExecutor(connection))]


def pending_before() -> list[tuple[str, str]]:
    """Those without which this release cannot run."""
    executor = MigrationExecutor(connection)
    held: set[tuple[str, str]] = set()
    told = []
    for migration in _plan(executor):
        key = (migration.app_label, migration.name)
        if is_after(migration) or held & set(executor.loader.graph.forwards_plan(key)):
            held.add(key)
        else:
            told.append(key)
    return told


def is_after(migration: Migration) -> bool:
    """Whether it waits until the release before runs no more."""
    return bool(getattr(migration, "after", False))


def _plan(executor: MigrationExecutor) -> Iterator[Migration]:
    return (migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()))
