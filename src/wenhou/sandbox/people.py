"""The drawn bulk: households by shape, ages, kin within and across households, and the deaths of recent years."""

from dataclasses import dataclass

import numpy as np

from wenhou.sandbox import crowd as c
from wenhou.sandbox.crowd import NEVER, Crowd
from wenhou.sandbox.days import Clock
from wenhou.sandbox.names import HAN, HUI
from wenhou.sandbox.places import Places


@dataclass(frozen=True)
class Shape:
    """Members beside the head, in order: spouse, children, grandparents. Ages are drawn from the youngest up."""

    name: str
    weight: float
    ages: tuple[float, float]  # of the head, or of the youngest child where there are children
    spouse: bool = False
    children: int = 0
    grandparents: int = 0
    grown: bool = False  # the child is an adult, the head its parent
    skipped: bool = False  # the child is a grandchild


SHAPES = (
    Shape("single", 11, (21, 59)),
    Shape("single_young", 8, (19, 31)),
    Shape("alone_old", 5, (61, 90)),
    Shape("couple_young", 7, (23, 45), spouse=True),
    Shape("couple_middle", 13, (45, 60), spouse=True),
    Shape("couple_old", 10, (60, 86), spouse=True),
    Shape("one_child", 17, (0, 17.9), spouse=True, children=1),
    Shape("two_children", 10, (0, 14), spouse=True, children=2),
    Shape("three_children", 2, (0, 10), spouse=True, children=3),
    Shape("lone_parent", 3, (0, 17.9), children=1),
    Shape("lone_parent_two", 1.5, (0, 13), children=2),
    Shape("three_generations", 4, (0, 17.9), spouse=True, children=1, grandparents=1),
    Shape("three_generations_full", 3.5, (0, 13), spouse=True, children=2, grandparents=2),
    Shape("skipped_generation", 2.5, (1, 16), spouse=True, children=1, skipped=True),
    Shape("grown_child", 13, (18.5, 34), spouse=True, children=1, grown=True),
)
SHAPE = {shape.name: row for row, shape in enumerate(SHAPES)}
_YEAR = 365.2425


def _ages(shape: Shape, count: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Ages in years, a column per slot."""
    youngest = rng.uniform(*shape.ages, count)
    if not shape.children:
        spouse = [youngest + rng.normal(-1.5, 2.0, count)] if shape.spouse else []
        return [np.maximum(column, 20.2) for column in (youngest, *spouse)]
    children = [youngest]
    for _ in range(shape.children - 1):
        children.insert(0, children[0] + rng.uniform(1.3, 3.6, count))
    gap = rng.uniform(45, 60, count) if shape.skipped else rng.uniform(21.5, 34, count)
    mother = children[0] + gap
    head = np.maximum(mother + rng.normal(1.8, 2.0, count), children[0] + (44 if shape.skipped else 21))
    elders = [head + rng.uniform(22, 33, count) for _ in range(shape.grandparents)]
    return [head, *([mother] if shape.spouse else []), *children, *elders]


def _draw(shape_row: int, count: int, first_house: int, clock: Clock, rng: np.random.Generator) -> dict:
    """One shape's people: columns of (count × size), flattened."""
    shape = SHAPES[shape_row]
    ages = _ages(shape, count, rng)
    size = len(ages)
    sex = rng.integers(1, 3, (count, size))
    relation = np.empty((count, size), dtype=np.int64)
    kin = {name: np.full((count, size), -1) for name in ("father", "mother", "spouse")}
    base = np.arange(count) * size
    _seat_parents(shape, sex, relation, kin, base, rng)
    _seat_children(shape, sex, relation, kin, base)
    _seat_elders(shape, sex, relation, kin, base, size)
    births = clock.today - (np.stack(ages, axis=1) * _YEAR).astype(np.int64)
    return {
        "house": np.repeat(np.arange(count) + first_house, size),
        "slot": np.tile(np.arange(size), count),
        "sex": sex.ravel(),
        "birth": births.ravel(),
        "relation": relation.ravel(),
        **{name: column.ravel() for name, column in kin.items()},
    }


def _seat_parents(
    shape: Shape, sex: np.ndarray, relation: np.ndarray, kin: dict, base: np.ndarray, rng: np.random.Generator
) -> None:
    relation[:, 0] = c.HEAD
    if shape.spouse:
        sex[:, 0] = 1
        sex[:, 1] = 2
        relation[:, 1] = c.WIFE
        kin["spouse"][:, 0] = base + 1
        kin["spouse"][:, 1] = base
    elif shape.children:
        sex[:, 0] = np.where(rng.random(len(base)) < 0.7, 2, 1)


def _seat_children(shape: Shape, sex: np.ndarray, relation: np.ndarray, kin: dict, base: np.ndarray) -> None:
    first = 2 if shape.spouse else 1
    for slot in range(first, first + shape.children):
        if shape.skipped:
            relation[:, slot] = np.where(sex[:, slot] == 1, c.GRANDSON, c.GRANDDAUGHTER)
            continue
        relation[:, slot] = np.where(sex[:, slot] == 1, c.SON, c.DAUGHTER)
        kin["father"][:, slot] = np.where(sex[:, 0] == 1, base, -1)
        kin["mother"][:, slot] = base + 1 if shape.spouse else np.where(sex[:, 0] == 2, base, -1)


def _seat_elders(
    shape: Shape, sex: np.ndarray, relation: np.ndarray, kin: dict, base: np.ndarray, size: int
) -> None:
    for number in range(shape.grandparents):
        slot = size - shape.grandparents + number
        if shape.grandparents == 2:
            sex[:, slot] = number + 1
            kin["spouse"][:, slot] = base + (2 * size - 3 - slot if number < 2 else -1)
        relation[:, slot] = np.where(sex[:, slot] == 1, c.FATHER, c.MOTHER)
        kin["father"][:, 0] = np.where(sex[:, slot] == 1, base + slot, kin["father"][:, 0])
        kin["mother"][:, 0] = np.where(sex[:, slot] == 2, base + slot, kin["mother"][:, 0])


def draw(residents: int, places: Places, clock: Clock, rng: np.random.Generator) -> Crowd:
    """Exactly so many living residents, and beside them the dead of the last thirty months."""
    sizes = np.array([1 + s.spouse + s.children + s.grandparents for s in SHAPES])
    weights = np.array([s.weight for s in SHAPES])
    households = int(residents * 1.06 / (sizes @ weights / weights.sum())) + 40
    counts = rng.multinomial(households, weights / weights.sum())
    columns = _stack([(row, int(count)) for row, count in enumerate(counts)], clock, rng)
    shapes = np.repeat(np.arange(len(SHAPES)), counts)
    died = _deaths(columns, shapes, clock, rng)
    keep = _kept_houses(columns["house"], died, shapes, residents, rng)
    columns, shapes, died = _only(columns, shapes, died, keep)
    missing = residents - int((died == NEVER).sum())
    columns, shapes, died = _fill(columns, shapes, died, missing, clock, rng)
    return _crowd(columns, shapes, died, places, clock, rng)


def _stack(counts: list[tuple[int, int]], clock: Clock, rng: np.random.Generator) -> dict:
    parts = []
    house = person = 0
    for row, count in counts:
        part = _draw(row, count, house, clock, rng)
        for name in ("father", "mother", "spouse"):
            part[name] = np.where(part[name] >= 0, part[name] + person, -1)
        parts.append(part)
        house += count
        person += len(part["house"])
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _deaths(columns: dict, shapes: np.ndarray, clock: Clock, rng: np.random.Generator) -> np.ndarray:
    """Days of death within thirty months. Where two children live with grandparents nobody died in the last
    thirteen, so that a widowed grandmother is never mistaken for a lone parent."""
    age = (clock.today - columns["birth"]) / _YEAR
    chance = np.where(age > 58, 0.012 * np.exp((age - 60) / 11), 0)
    dies = rng.random(len(age)) < np.minimum(chance, 0.3)
    full = shapes[columns["house"]] == SHAPE["three_generations_full"]
    ago = np.where(full, rng.integers(400, 900, len(age)), rng.integers(3, 900, len(age)))
    return np.where(dies, clock.today - ago, NEVER)


def _kept_houses(
    house: np.ndarray, died: np.ndarray, shapes: np.ndarray, residents: int, rng: np.random.Generator
) -> np.ndarray:
    living = np.bincount(house, weights=died == NEVER, minlength=len(shapes))
    order = rng.permutation(len(shapes))
    keep = np.zeros(len(shapes), dtype=bool)
    keep[order] = np.cumsum(living[order]) <= residents
    return keep


def _only(columns: dict, shapes: np.ndarray, died: np.ndarray, keep: np.ndarray) -> tuple:
    kept = keep[columns["house"]]
    moved = np.cumsum(kept) - 1
    columns = {name: column[kept] for name, column in columns.items()}
    for name in ("father", "mother", "spouse"):
        columns[name] = np.where(columns[name] >= 0, moved[columns[name]], -1)
    columns["house"] = (np.cumsum(keep) - 1)[columns["house"]]
    return columns, shapes[keep], died[kept]


def _fill(
    columns: dict, shapes: np.ndarray, died: np.ndarray, missing: int, clock: Clock, rng: np.random.Generator
) -> tuple:
    extra = _draw(SHAPE["single"], missing, len(shapes), clock, rng)
    columns = {name: np.concatenate([columns[name], extra[name]]) for name in columns}
    shapes = np.r_[shapes, np.full(missing, SHAPE["single"])]
    return columns, shapes, np.r_[died, np.full(missing, NEVER)]


def _crowd(
    columns: dict,
    shapes: np.ndarray,
    died: np.ndarray,
    places: Places,
    clock: Clock,
    rng: np.random.Generator,
) -> Crowd:
    houses, people = len(shapes), len(died)
    rural = rng.random(houses) < 0.3
    place = np.where(rural, rng.choice(places.rural_rows, houses), rng.choice(places.urban_rows, houses))
    hui = rng.random(houses) < 0.27
    dead = died != NEVER
    found = Crowd(
        **columns,
        guardian=np.full(people, -1),
        surname=np.where(
            hui[columns["house"]], rng.integers(0, len(HUI), people), rng.integers(0, len(HAN), people)
        ),
        planted=np.zeros(people, dtype=bool),
        listed=~dead,
        died=died,
        dead_police=died,
        dead_health=np.where(dead & (rng.random(people) < 0.95), died, NEVER),
        dead_funeral=np.where(dead & (rng.random(people) < 0.88), died + rng.integers(2, 4, people), NEVER),
        hukou=place[columns["house"]],
        place=place,
        lives=place.copy(),
        rural=rural,
        hui=hui,
        shape=shapes,
    )
    found.dead_funeral = np.where(found.dead_funeral > clock.today, NEVER, found.dead_funeral)
    _link_generations(found, clock, rng)
    _live_elsewhere(found, places, rng)
    return found


def _link_generations(found: Crowd, clock: Clock, rng: np.random.Generator) -> None:
    """Most elders have grown children in other households; lone parents have a former partner somewhere."""
    age = (clock.today - found.birth) / _YEAR
    adult = (found.father < 0) & (found.mother < 0) & (age > 24) & (age < 62) & (found.slot <= 1)
    child = np.flatnonzero(adult & (rng.random(found.people) < 0.9))
    elder = np.flatnonzero((age > 47) & (found.slot == 0) & (rng.random(found.people) < 0.93))
    elder = elder[np.argsort(age[elder], kind="stable")]
    wanted = age[child] + rng.uniform(23, 36, len(child))
    pick = np.searchsorted(age[elder], wanted)
    fits = pick < len(elder)
    child, parent = child[fits], elder[pick[fits]]
    partner = found.spouse[parent]
    siblings = found.house[parent] == found.house[child]
    child, parent, partner = child[~siblings], parent[~siblings], partner[~siblings]
    male = found.sex[parent] == 1
    found.father[child] = np.where(male, parent, partner)
    found.mother[child] = np.where(male, partner, parent)
    _part_siblings_married(found)
    _find_former_partners(found, age, rng)
    _pass_on_surnames(found)


def _part_siblings_married(found: Crowd) -> None:
    spouse = found.spouse
    both = (spouse >= 0) & (found.sex == 2)
    same = both & (found.father >= 0) & (found.father == np.where(spouse >= 0, found.father[spouse], -2))
    found.father[same] = -1
    found.mother[same] = -1


def _find_former_partners(found: Crowd, age: np.ndarray, rng: np.random.Generator) -> None:
    """The other parent of a lone parent's children lives alone; grandchildren's father works and lives alone."""
    single = found.shape[found.house] == SHAPE["single"]
    taken: dict[int, list[int]] = {}
    for sex in (1, 2):
        pool = np.flatnonzero(single & (found.sex == sex))
        taken[sex] = pool[np.argsort(age[pool], kind="stable")].tolist()
    ages = {sex: age[rows] for sex, rows in taken.items()}
    for name, sex in (("father", 1), ("mother", 2)):
        column = getattr(found, name)
        lone = np.isin(found.shape[found.house], _LONE)
        missing = np.flatnonzero(lone & (found.slot >= 1) & (column < 0))
        heads = found.house[missing]
        _, first = np.unique(heads, return_index=True)
        for row in missing[first]:
            wanted = age[row] + 25 + rng.random() * 8
            pick = min(int(np.searchsorted(ages[sex], wanted)), len(taken[sex]) - 1)
            other = taken[sex][pick] if pick >= 0 else -1
            if other >= 0 and age[other] > age[row] + 19:
                seats = missing[found.house[missing] == found.house[row]]
                column[seats] = other


_LONE = (SHAPE["lone_parent"], SHAPE["lone_parent_two"])


def _pass_on_surnames(found: Crowd) -> None:
    for _ in range(3):
        source = np.where(found.father >= 0, found.father, np.arange(found.people))
        same = found.hui[found.house[source]] == found.hui[found.house]
        found.surname = np.where(same, found.surname[source], found.surname)


def _live_elsewhere(found: Crowd, places: Places, rng: np.random.Generator) -> None:
    """人户分离: 6 % of households live in another village of the county, 1.5 % came from another county."""
    chance = rng.random(found.houses)
    moved = chance < 0.06
    other = np.where(
        found.rural, rng.choice(places.rural_rows, found.houses), rng.choice(places.urban_rows, found.houses)
    )
    found.lives = np.where(moved, other, found.lives)
    came = chance > 0.985
    homes = [row for code, rows in places.rows_of.items() if code[:4] in ("6404", "6405") for row in rows]
    found.place = np.where(came, rng.choice(np.array(homes), found.houses), found.place)
    found.hukou = found.place[found.house]
