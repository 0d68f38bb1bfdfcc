"""Judgements written in bulk are read back as they were, whatever characters are in them."""

from datetime import date

import pytest

from monitoring import factories
from wenhou.monitoring.actions import keeping
from wenhou.monitoring.models import Judgement

pytestmark = pytest.mark.django_db

ODD = "引“号”\"'\t制表\n换行\r\\N \\. {1,2} 𠮷"


def test_what_is_kept_is_what_was_frozen() -> None:
    run = factories.run()
    several = [
        Judgement(
            run=run,
            indicator="D01",
            subject=f"p{number}",
            as_of=date(2026, 10, 31),
            rule_set="0" * 64,
            tree={ODD: [number, None, True, 1.5]},
            evidence=[{"fields": {"note": ODD}}],
        )
        for number in (1, 2)
    ]
    kept = keeping.keep(several)
    for one in kept:
        there = Judgement.objects.get(pk=one.pk)
        assert (there.run_id, there.subject, there.as_of) == (run.pk, one.subject, one.as_of)
        assert (there.rule_set, there.tree, there.evidence) == (one.rule_set, one.tree, one.evidence)
    assert keeping.keep([]) == []
    assert factories.alert().judgement_id > kept[-1].pk
