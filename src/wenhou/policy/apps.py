from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from wenhou.policy.proposals.effects import Effects, Question


class PolicyConfig(AppConfig):
    name = "wenhou.policy"
    label = "policy"

    def ready(self) -> None:
        from wenhou.policy.proposals import effects

        effects.reckon_with(_reckon)


def _reckon(question: "Question") -> "Effects":
    from wenhou.policy.proposals import effects
    from wenhou.policy.runs import whatif  # only when it is asked for: it declares the whole law

    return effects.whole(whatif.compare(question))
