"""Learning the order: scikit-learn's logistic regression with its calibration, judged on families it had not seen.

What is kept is the sum itself (weights by feature, intercept, the two numbers of the calibration): no pickle, and
nothing that cannot be read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from wenhou.base.errors import Refused
from wenhou.monitoring.worth import features, limits
from wenhou.monitoring.worth.order import Scale
from wenhou.monitoring.worth.outcomes import Case

BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


class TooFew(Refused):
    """There is not enough to learn from yet."""


class NoBetter(TooFew):
    """What was learnt tells unseen families no better than one chance for all would."""


@dataclass(frozen=True)
class Lesson:
    """What was learnt, and how good it was on what it had not seen."""

    scale: Scale
    brier: float
    base_brier: float
    reliability: list[dict[str, Any]]
    groups: list[dict[str, Any]]


def learn(cases: Sequence[Case], nations: dict[int, str]) -> Lesson:
    """From concluded alerts. nations: person → nation, for the table of groups only. Raises TooFew, NoBetter."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # tables this small lose by being shared between cores
        return _learn(cases, nations)


def _learn(cases: Sequence[Case], nations: dict[int, str]) -> Lesson:
    able = [case for case in cases if not case.is_registered]
    _check(cases, able)
    names = sorted({name for case in able for name in features.of(case)})
    seen = _matrix(able, names)
    helped = np.array([case.helped for case in able])
    families = np.array([case.family for case in able])
    steadiness = _steadiness(seen, helped, families)
    unseen = _unseen(seen, helped, families, steadiness)
    scale = _scale(_fitted(seen, helped, families, steadiness), names, seen)
    zeros = np.zeros(
        len(cases) - len(able)
    )  # on the register: nobody is newly helped, and that is known beforehand
    everybody, came = np.append(unseen, zeros), np.append(helped, zeros)
    brier, base = _brier(everybody, came), _brier(np.full(len(came), came.mean()), came)
    if brier >= base or scale.slope >= 0:
        raise NoBetter("学出来的次序并不比一概而论更准，先按期限排。")
    return Lesson(
        scale=scale,
        brier=brier,
        base_brier=base,
        reliability=_reliability(unseen, helped),
        groups=_groups(able, unseen, helped, nations),
    )


def _check(cases: Sequence[Case], able: Sequence[Case]) -> None:
    helped = sum(case.helped for case in able)
    if len(cases) < limits.FEWEST:
        raise TooFew(f"走访后办结的预警还只有{len(cases)}条，不到{limits.FEWEST}条，先按期限排。")
    if min(helped, len(able) - helped) < limits.FEWEST_EACH:
        raise TooFew(
            f"走访后新帮到户的{helped}条、没有的{len(able) - helped}条，两样都要有{limits.FEWEST_EACH}条，先按期限排。"
        )


def _matrix(cases: Sequence[Case], names: Sequence[str]) -> np.ndarray:
    told = [features.of(case) for case in cases]
    return np.array([[row.get(name, 0.0) for name in names] for row in told])


def _fitted(seen: np.ndarray, helped: np.ndarray, families: np.ndarray, steadiness: float) -> Any:
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.linear_model import LogisticRegression

    plain = LogisticRegression(C=steadiness, max_iter=1000)
    folds = _folds(seen, helped, families)
    calibrated = CalibratedClassifierCV(plain, method="sigmoid", cv=folds, ensemble=False)
    return calibrated.fit(seen, helped)


def _scale(fitted: Any, names: Sequence[str], seen: np.ndarray) -> Scale:
    (both,) = fitted.calibrated_classifiers_
    (line,) = both.calibrators
    return Scale(
        weights=dict(zip(names, (float(weight) for weight in both.estimator.coef_[0]), strict=True)),
        typical=dict(zip(names, (float(mean) for mean in seen.mean(axis=0)), strict=True)),
        intercept=float(both.estimator.intercept_[0]),
        slope=float(line.a_),
        shift=float(line.b_),
    )


def _folds(seen: np.ndarray, helped: np.ndarray, families: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows to learn from and rows to judge by, families kept whole, shuffled: alerts lie in the order of indicators."""
    from sklearn.model_selection import StratifiedGroupKFold

    folds = StratifiedGroupKFold(limits.FOLDS, shuffle=True, random_state=0)
    return list(folds.split(seen, helped, families))


def _steadiness(seen: np.ndarray, helped: np.ndarray, families: np.ndarray) -> float:
    """The regularisation under which families that were not seen are told best."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    search = GridSearchCV(
        LogisticRegression(max_iter=1000),
        {"C": list(limits.STEADINESS)},
        scoring="neg_brier_score",
        cv=_folds(seen, helped, families),
        refit=False,
    )
    return float(search.fit(seen, helped).best_params_["C"])


def _unseen(seen: np.ndarray, helped: np.ndarray, families: np.ndarray, steadiness: float) -> np.ndarray:
    """Each alert's chance by what was learnt without its family."""
    chances = np.zeros(len(helped))
    for train, test in _folds(seen, helped, families):
        fitted = _fitted(seen[train], helped[train], families[train], steadiness)
        chances[test] = fitted.predict_proba(seen[test])[:, 1]
    return chances


def _brier(chances: np.ndarray, helped: np.ndarray) -> float:
    return float(np.mean((chances - helped) ** 2))


def _reliability(chances: np.ndarray, helped: np.ndarray) -> list[dict[str, Any]]:
    rows = []
    for low, high in pairwise(BINS):
        within = (chances >= low) & ((chances < high) | (high == 1.0))
        if within.any():
            rows.append({"from": low, "to": high, **_told(chances[within], helped[within])})
    return rows


def _told(chances: np.ndarray, helped: np.ndarray) -> dict[str, Any]:
    means = {"told": round(float(chances.mean()), 4), "seen": round(float(helped.mean()), 4)}
    return {"alerts": len(chances), **means}


def _groups(
    cases: Sequence[Case], chances: np.ndarray, helped: np.ndarray, nations: dict[int, str]
) -> list[dict[str, Any]]:
    """Told and seen chances by group; a group told less than was seen of it is worse off than it should be. Groups of
    a few are not told."""
    kinds: dict[str, Callable[[Case], str]] = {
        "性别": lambda case: {"1": "男", "2": "女"}.get(case.sex, "不详"),
        "年龄": lambda case: features.age_group(case.age),
        "民族": lambda case: {"": "不详", "01": "汉族"}.get(nations.get(case.person, ""), "其他民族"),
    }
    rows = []
    for what, group in kinds.items():
        named = np.array([group(case) for case in cases])
        for one in sorted(set(named)):
            told = _told(chances[named == one], helped[named == one])
            rows.append({"what": what, "group": str(one), **told})
    return [row for row in rows if row["alerts"] >= limits.LEAST_GROUP]
