"""The whole way with the house's own reckoning: households in the lake, a dry run, an approval, what then holds."""

from datetime import date
from typing import Any

import pytest

from desk import factories
from policy.applications_in_lake import DAY, home, person, publish
from wenhou.divisions import queries as divisions
from wenhou.policy import queries
from wenhou.policy.actions import dry_runs, proposals, reviews
from wenhou.policy.models import DryRun, Proposal
from wenhou.policy.proposals import effects
from wenhou.staff.enums import Role

pytestmark = pytest.mark.django_db
CONTENT = proposals.Content(
    name="dibao_urban",
    division="6401",
    since=date(2026, 1, 1),
    value="800.00",
    unit="元/月",
    document="银民发〔2025〕99号",
    title="关于提高城市低保标准的通知",
)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    monkeypatch.setenv("WENHOU_TODAY", DAY.isoformat())
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    factories.places()
    yield
    divisions.forget_names()


def drafted() -> Proposal:
    maker = factories.account("maker", Role.POLICY_OFFICER, "6401")
    return proposals.propose(content=CONTENT, by=maker, on=DAY)


def tried(made: Proposal) -> DryRun:
    run = dry_runs.request(proposal=made, by=made.proposed_by, on=DAY)
    return dry_runs.carry_out(run=run, on=DAY)


def test_without_applications_in_the_lake_the_reason_is_kept() -> None:
    run = tried(drafted())
    assert (run.state, run.effects) == ("failed", None)
    assert run.why.endswith("。")
    assert len(run.why) > 10


def test_what_the_checker_saw_is_what_the_house_reckons() -> None:
    people = [
        person(key, key, other_transfers_12m=yuan * 1200) for key, yuan in enumerate((665, 765, 799, 801), 1)
    ]
    publish(people, [home(key) for key in range(1, 5)])
    made = drafted()
    run = tried(made)
    assert (run.state, run.why) == ("done", "")
    found = effects.from_json(run.effects)
    (county,) = found.counties
    assert (county.county, county.households, county.gaining, county.losing) == ("640104", 4, 3, 0)
    # 765元: 补差100元；800元: 135、35、1元
    assert (county.before, county.after) == (10_000, 17_100)
    assert [one.month for one in found.months] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert {(one.before, one.after) for one in found.months} == {(10_000, 17_100)}
    proposals.submit(proposal=made, by=made.proposed_by, on=DAY)
    checker = factories.account("checker", Role.POLICY_OFFICER, "64")
    reviews.approve(proposal=made, by=checker, on=DAY)
    assert Proposal.objects.get().dry_run == run
    held = queries.in_force("640104", date(2026, 1, 1))["dibao_urban"]
    assert (held.value, held.document) == (80_000, "银民发〔2025〕99号")
