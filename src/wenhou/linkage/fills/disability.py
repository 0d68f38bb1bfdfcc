"""Disability certificates as they stand, and how they changed from version to version."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, dated, fill

MENTAL = ["智力", "精神"]


def _valid(row: Row, at: At) -> ir.BooleanValue:
    in_time = ibis.coalesce(row.valid_to >= at.as_of, ibis.literal(True))
    return (row.status == "有效") & (row.issue_date <= at.as_of) & in_time


def _graver(row: Row, at: At) -> ir.IntegerValue:
    """The gravest first; of two as grave the mental one, which the law counts for more."""
    return (5 - row.level) * 2 + row.category.isin(MENTAL).cast("int64")


fill("disability_level", "DI41", how="min", where=_valid, value=lambda row, at: row.level, none=0)
fill(
    "disability_category",
    "DI41",
    how="latest",
    where=_valid,
    value=lambda row, at: row.category,
    by=_graver,
    none="无",
)
fill("disability_issued_on", "DI41", how="min", where=_valid, value=lambda row, at: row.issue_date)
fill(
    "severe_disability_issued_on",
    "DI41",
    how="min",
    where=lambda row, at: _valid(row, at) & (row.level <= 2),
    value=lambda row, at: row.issue_date,
)


def _versions(sources: Sources, at: At) -> ir.Table:
    """Every version of a person's certificates, beside the level of the version before and whether its category
    is seen for the first time. A version delivered again is the same version."""
    rows = sources.history("DI41")
    rows = rows.filter((rows.status == "有效") & (rows.issue_date <= at.as_of))
    order = [rows.issue_date, rows.delivery, rows.line]
    by_person = ibis.window(group_by=rows.id_no, order_by=order)
    by_category = ibis.window(group_by=[rows.id_no, rows.category], order_by=order)
    return rows.mutate(
        level_before=rows.level.lag().over(by_person),
        version=ibis.row_number().over(by_person),
        seen=ibis.row_number().over(by_category),
    )


VERSIONS = Reading("DI41/versions", "DI41", "id_no", "person", _versions)
dated(
    "disability_worsened_on",
    "has_disability_worsened",
    VERSIONS,
    day=lambda row, at: row.issue_date,
    where=lambda row, at: row.level < row.level_before,
)
dated(
    "disability_category_added_on",
    "has_disability_category_added",
    VERSIONS,
    day=lambda row, at: row.issue_date,
    where=lambda row, at: (row.seen == 0) & (row.version > 0),
)
