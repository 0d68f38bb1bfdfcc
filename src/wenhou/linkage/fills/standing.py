"""How a household stands with the bureau: reviewed, applied, refused for its property, supported from elsewhere."""

import json

import ibis
import ibis.expr.types as ir

from wenhou.engine.words import DEFAULT
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, Worth, dated, fill
from wenhou.linkage.fills.register import on_register
from wenhou.policy import facts

__all__ = ["OF_HOME", "applications", "facts"]

BASIC = ["YL01", "YL02", "YL03", "YL04"]
"""低保, 特困, 低保边缘, 刚性支出困难: what one applies for to be put on the register."""


def _of_home(sources: Sources, at: At) -> ir.Table:
    return sources.register


OF_HOME = Reading("SA-ARCH/household", "SA-ARCH", "household", "household", _of_home)


def _cases(sources: Sources, at: At) -> ir.Table:
    """Applications to be put on the register, by the household of who applies."""
    people = sources.people.select("person", "household")
    cases = sources["SA-CASE"].filter(
        lambda row: (row.kind == "申请") & row.item.isin(BASIC) & (row.accepted_on <= at.as_of)
    )
    return cases.join(people, cases.applicant_id == people.person, rname="home_{name}").select(
        applicants=people.household,
        accepted_on=cases.accepted_on,
        decision=cases.decision,
        decided_on=cases.decided_on,
    )


def applications(sources: Sources, at: At) -> ir.Table:
    """applicants (a household), accepted_on: its latest application's day, of the archive where there is no case."""
    cases = _cases(sources, at)
    latest = cases.group_by("applicants").aggregate(on_case=cases.accepted_on.max())
    kept = sources.register.filter(
        lambda row: (on_register(row, at) | (row.category == "申请中")) & (row.applied_on <= at.as_of)
    )
    kept = kept.group_by(home=kept.household).aggregate(on_file=kept.applied_on.max())
    both = latest.outer_join(kept, latest.applicants == kept.home)
    return both.select(
        applicants=ibis.coalesce(both.applicants, both.home),
        accepted_on=ibis.coalesce(both.on_case, both.on_file),
    )


def _applied(sources: Sources, at: At) -> ir.Table:
    """The register beside the first application of the household that was accepted."""
    cases = _cases(sources, at)
    first = cases.group_by("applicants").aggregate(on_case=cases.accepted_on.min())
    return sources.register.left_join(first, sources.register.household == first.applicants)


fill(
    "application_on",
    Reading("SA-ARCH/applied", "SA-ARCH", "household", "household", _applied, also=("SA-CASE",)),
    how="min",
    where=on_register,
    value=lambda row, at: ibis.coalesce(row.applied_on, row.on_case, row.confirmed_on),
)

# refused for property

KINDS = {"vehicle": "车", "home": "房", "enterprise": "主体|企业|公司|个体|工商|经营"}
MONEY = "货币|存款|金融|理财|证券|股票"


def _refusals(sources: Sources, at: At) -> ir.Table:
    """Each household's latest refusal whose reason names property that records tell of, and of which kinds."""
    cases = _cases(sources, at)
    decided = cases.filter(cases.decision == "不予确认")
    decided = decided.group_by("applicants").aggregate(on_case=decided.decided_on.max())
    rows = sources.register.filter(lambda row: row.category == "未获批")
    # who was refused is not on the register: the matter is of the household the person is in
    lives = sources.people.select(refused="person", lives_in="household")
    rows = rows.left_join(lives, rows.id_no == lives.refused)
    rows = rows.mutate(household=ibis.coalesce(rows.lives_in, rows.household)).drop("refused", "lives_in")
    rows = rows.left_join(decided, rows.household == decided.applicants)
    said = ibis.coalesce(rows.refused_reason, "")
    named = {kind: said.re_search(words) for kind, words in KINDS.items()}
    only = said.re_search("财产|资产") & ~said.re_search("|".join([*KINDS.values(), MONEY]))
    rows = rows.mutate(
        day=ibis.coalesce(rows.refused_on, rows.on_case),
        **{f"for_{kind}": found | only for kind, found in named.items()},
    )
    rows = rows.filter(rows.for_vehicle | rows.for_home | rows.for_enterprise)
    rows = rows.filter(rows.day <= at.as_of)
    newest = rows.mutate(newest=rows.day.max().over(ibis.window(group_by=rows.household)))
    return newest.filter(newest.day == newest.newest)


REFUSALS = Reading("SA-ARCH/refusals", "SA-ARCH", "household", "household", _refusals, also=("SA-CASE",))
dated("property_refused_on", "was_refused_for_property", REFUSALS, day=lambda row, at: row.day)
fill(
    "refused_income_per_head",
    REFUSALS,
    how="max",
    value=lambda row, at: row.pci_determined,
)


def _refused_for(kind: str) -> Where:
    return lambda row, at: row[f"for_{kind}"]


for _kind in KINDS:
    fill(f"was_refused_for_{_kind}", REFUSALS, how="exists", where=_refused_for(_kind))

# who supports from elsewhere, as the archive keeps it


def _key(fact: str) -> str:
    """The words a value may be written under: the fact's label, as it is or escaped, or its name."""
    label = DEFAULT[fact].label
    escaped = json.dumps(label)[1:-1].replace("\\", "\\\\")
    return f'"(?:{label}|{escaped}|{fact})"\\s*:\\s*'


AMOUNTS = {
    "archived_income_12m": "supporter_household_income_12m",
    "archived_judged_support": "judged_support",
    "archived_paid_support": "paid_support",
}
COUNTS = {
    "archived_household_size": "supporter_household_size",
    "archived_supported_people": "supported_people",
}
CUT = "¦"
WHO = '"(?:id_no|证件号码|\\\\u8bc1\\\\u4ef6\\\\u53f7\\\\u7801)"\\s*:\\s*"p(\\d+)"'
YES = '(?:true|"是"|"\\\\u662f")'


def _supporters(sources: Sources, at: At) -> ir.Table:
    """One row for each supporter whom a row of the register names, with what is written of them."""
    held = sources.register.filter(on_register(sources.register, at) & sources.register.supporters.notnull())
    pieces = held.supporters.replace("{", CUT).split(
        CUT
    )  # of engines some split by a pattern, where { is a word
    rows = held.mutate(told=pieces.unnest())
    rows = rows.mutate(supporter=_found(rows.told, WHO).cast("int64"))
    rows = rows.filter(rows.supporter.notnull())
    amounts = {
        name: (_found(rows.told, f'{_key(fact)}"?([0-9.]+)').cast("decimal(18, 2)") * 100).cast("int64")
        for name, fact in AMOUNTS.items()
    }
    counts = {
        name: _found(rows.told, f'{_key(fact)}"?([0-9]+)').cast("int64") for name, fact in COUNTS.items()
    }
    judged = rows.told.re_search(_key("has_support_judgement") + YES)
    return rows.mutate(**amounts, **counts, judged=judged)


def _found(text: ir.StringValue, pattern: str) -> ir.StringValue:
    return text.re_extract(pattern, 1).nullif("")


SUPPORTERS = Reading("SA-ARCH/supporters", "SA-ARCH", "supporter", "person", _supporters)
fill("is_archived_supporter", SUPPORTERS, how="exists", where=lambda row, at: row.supporter.notnull())
fill("has_archived_judgement", SUPPORTERS, how="exists", where=lambda row, at: row.judged)
fill("has_archived_income", SUPPORTERS, how="exists", where=lambda row, at: row.archived_income_12m.notnull())


def _written(fact: str) -> Worth:
    def value(row: Row, at: At) -> ir.Value:
        return row[fact]

    return value


for _name in (*AMOUNTS, *COUNTS):
    fill(_name, SUPPORTERS, how="max", value=_written(_name), none=0)
