"""Along which links the answers of a plan look, away from whom they are about."""

from collections.abc import Collection, Mapping

from wenhou.engine import nodes, tracing
from wenhou.engine.nodes import Agg, Found, Get, Mine, Node, Ref, Together
from wenhou.engine.plan import Plan

Path = tuple[str, ...]
"""Steps one after another, from a person or a household: a link or a group of links, HOME from a person to the household,
MEMBERS from a household to everybody in it. ("father", HOME) is the father's household."""
Paths = frozenset[Path]
HOME, MEMBERS = "household", "members"
HERE: Paths = frozenset({()})
NOWHERE: Paths = frozenset()


def paths(plan: Plan, entity: str, names: Collection[str], *, to: Collection[str] | None = None) -> Paths:
    """The ways from a subject (person or household) to whatever decides these answers. to: only to where these facts are
    read; None is to all of them, and to whoever a link or a household leads to."""
    needed = plan.below(*names)
    found: dict[str, Paths] = {
        name: HERE if to is None or name in to else NOWHERE for name in needed if name not in plan.trees
    }
    end = HERE if to is None else NOWHERE
    for name, (about, tree) in plan.trees.items():  # each after those it rests on
        if name in needed:
            found[name] = _of(tree, about, found, end)
    return NOWHERE.union(*(_seen(entity, plan.book[name].entity, found[name]) for name in names))  # type: ignore[union-attr]


def _of(node: Node, entity: str, found: Mapping[str, Paths], end: Paths) -> Paths:
    """entity: whose row the node is read from. end: HERE where it matters too who stands at the end of a step."""
    match node:
        case Ref(name=name, entity=about):
            return _seen(entity, about, found.get(name, NOWHERE))
        case Get(link=link, item=item):
            return _beyond(link, _of(item, "person", found, end) | end)
        case Found(link=link) | Together(link=str(link)):
            return _beyond(link, end)
        case Mine():
            return NOWHERE  # told of whoever aggregates
        case Agg(group=group):
            theirs = _beneath(node, "person", found, end) | end
            own = (_of(part.node, entity, found, end) for part in nodes.walk(node) if isinstance(part, Mine))
            for step in reversed(_GROUPS.get(group, (group,))):
                theirs = _beyond(step, theirs)
            return theirs.union(*own)
    return _beneath(node, entity, found, end)


_GROUPS = {"members": (MEMBERS,), "housemates": (HOME, MEMBERS)}
assert _GROUPS.keys() == tracing.GROUPS


def _beneath(node: Node, entity: str, found: Mapping[str, Paths], end: Paths) -> Paths:
    return NOWHERE.union(*(_of(part, entity, found, end) for part in nodes.children(node)))


def _seen(entity: str, about: str, paths: Paths) -> Paths:
    """What is told of a household, from one who lives there."""
    return _beyond(HOME, paths) if (entity, about) == ("person", "household") else paths


def _beyond(step: str, paths: Paths) -> Paths:
    """A member's household is the one that was come from."""
    back = step == MEMBERS
    return frozenset(path[1:] if back and path[:1] == (HOME,) else (step, *path) for path in paths)
