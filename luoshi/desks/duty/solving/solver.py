"""The roster by OR-Tools CP-SAT: a well-kept solver (B21).

A month is one model, solved to the proof. For a year of sixty people that took minutes, so there:
first a roster that keeps every rule, then fairer ones; again and again the people who bear most and
least, with a few others, give their shifts out anew among themselves, until arithmetic says that
nothing fairer exists or nothing gets fairer any more. Same input, same roster: one order of
everything, one seed, one worker, limits in the solver's own deterministic time. OR-Tools is
imported here alone, when it is asked.
"""

from collections.abc import Callable, Sequence
from typing import Any

from luoshi.desks.duty.solving.bounds import least_spread
from luoshi.desks.duty.solving.problem import (
    Answer,
    NoRoster,
    NoSolver,
    Person,
    Problem,
    Spread,
    spreads,
    there,
)

SEED = 20260101
FIRST_EFFORT, STEP_EFFORT = 20.0, 1.0  # deterministic seconds
SMALL = 5000  # slots × people that one model takes
EXTREMES, OTHERS, PATIENCE, MOST_STEPS = 3, 4, 24, 400
SPECIAL = 1000  # an uneven holiday counts before any uneven ordinary load
Progress = Callable[[int, int], None]
Chosen = dict[int, str]
Held = dict[tuple[int, str], Any]


def solve(problem: Problem, *, progress: Progress | None = None) -> Answer:
    """The fairest roster that keeps all rules. Raises `NoRoster`, `NoSolver`."""
    alone = [
        i
        for i, slot in enumerate(problem.slots)
        if i not in problem.fixed and not any(p.can(slot) for p in problem.people)
    ]
    if alone:
        raise NoRoster(alone)
    chosen: Chosen = {}
    proved = True
    groups = groups_of(problem)
    for number, posts in enumerate(groups):
        if progress is not None:
            progress(number, len(groups))
        slots = [i for i, slot in enumerate(problem.slots) if slot.post in posts]
        people = [person for person in problem.people if posts_of(problem, person) & posts]
        how = in_one if len(slots) * len(people) <= SMALL else in_steps
        found, best = how(problem, posts, slots, people)
        chosen |= found
        proved = proved and best
    if progress is not None:
        progress(len(groups), len(groups))
    return Answer(tuple(chosen[i] for i in range(len(problem.slots))), proved)


def groups_of(problem: Problem) -> list[frozenset[str]]:
    """Posts that share people are solved together, all others one after another."""
    groups: list[frozenset[str]] = []
    for post in sorted({slot.post for slot in problem.slots}):
        joined = frozenset({post})
        for other in list(groups):
            each = (posts_of(problem, person) for person in problem.people)
            if any(post in posts and other & posts for posts in each):
                groups.remove(other)
                joined |= other
        groups.append(joined)
    return groups


def posts_of(problem: Problem, person: Person) -> frozenset[str]:
    """The posts somebody holds, and those of the slots that are theirs whatever the list says."""
    own = {problem.slots[i].post for i, key in problem.fixed.items() if key == person.key}
    return person.posts | own


Given = tuple[Chosen, bool]


def in_one(
    problem: Problem, posts: frozenset[str], slots: Sequence[int], people: Sequence[Person]
) -> Given:
    """One model of everything; what it cannot prove in time is asked of arithmetic."""
    found, best = fill(problem, slots, people, fair=True, effort=FIRST_EFFORT)
    if found is None:
        raise NoRoster
    return found, best or all(at_the_bound(problem, x) for x in spreads_of(problem, posts, found))


def in_steps(
    problem: Problem, posts: frozenset[str], slots: Sequence[int], people: Sequence[Person]
) -> Given:
    """A roster that keeps the rules, then a fairer one step by step."""
    chosen, _best = fill(problem, slots, people, fair=False, effort=FIRST_EFFORT)
    if chosen is None:
        raise NoRoster
    still = 0
    for step in range(MOST_STEPS):
        now = spreads_of(problem, posts, chosen)
        if all(at_the_bound(problem, one) for one in now):
            return chosen, True
        if still >= PATIENCE:
            break
        some = whom(problem, posts, chosen, people, step)
        own = {person.key for person in some}
        free = [i for i in slots if chosen[i] in own]
        found, _best = fill(problem, free, some, fair=True, effort=STEP_EFFORT, hint=chosen)
        better = chosen | (found or {})
        fairer = cost(problem, posts, better) < cost(problem, posts, chosen)
        still = 0 if fairer else still + 1
        chosen = better
    return chosen, False


def spreads_of(problem: Problem, posts: frozenset[str], chosen: Chosen) -> list[Spread]:
    """The spread of these posts alone."""
    keys = [chosen.get(i, "") for i in range(len(problem.slots))]
    return [one for one in spreads(problem, keys) if one.post in posts]


def at_the_bound(problem: Problem, one: Spread) -> bool:
    """Whether arithmetic says that no roster is fairer for this post."""
    least = least_spread(problem, one.post)
    return one.special <= least.special and one.weight <= least.weight


def cost(problem: Problem, posts: frozenset[str], chosen: Chosen) -> tuple[int, int]:
    """What a step shall make smaller: the spreads, and with equal ones how far all lie apart."""
    apart = sum(SPECIAL * x.special + x.weight for x in spreads_of(problem, posts, chosen))
    carried = borne(problem, posts, chosen).values()
    return apart, sum(SPECIAL * special**2 + weight**2 for weight, special in carried)


def borne(problem: Problem, posts: frozenset[str], chosen: Chosen) -> dict[str, tuple[int, int]]:
    """(weight, special shifts) of everybody fairness compares."""
    found = {p.key: (p.load, p.specials) for post in sorted(posts) for p in there(problem, post)}
    for i, key in chosen.items():
        if key in found and problem.slots[i].post in posts:
            weight, special = found[key]
            slot = problem.slots[i]
            found[key] = (weight + slot.weight, special + slot.special)
    return found


def whom(
    problem: Problem, posts: frozenset[str], chosen: Chosen, people: Sequence[Person], step: int
) -> list[Person]:
    """Who is given out anew: those who bear most and least, by special shifts and by weight in
    turn, and a few others, each time different ones."""
    carried = borne(problem, posts, chosen)
    by = 1 if step % 2 else 0
    order = sorted(carried, key=lambda key: (carried[key][by], carried[key][1 - by], key))
    ends = set(order[:EXTREMES] + order[-EXTREMES:])
    rest = [person.key for person in people if person.key not in ends]
    start = (step * (OTHERS + 1)) % max(1, len(rest))
    ends |= set((rest[start:] + rest[:start])[:OTHERS])
    return [person for person in people if person.key in ends]


def fill(
    problem: Problem,
    slots: Sequence[int],
    people: Sequence[Person],
    *,
    fair: bool,
    effort: float,
    hint: Chosen | None = None,
) -> tuple[Chosen | None, bool]:
    """Give these slots out among these people, who hold nothing else; None = it cannot be done. And
    whether nothing fairer among them is proved."""
    try:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - loaded when it is asked
    except ImportError as error:
        raise NoSolver from error
    model = cp_model.CpModel()
    held = variables(model, problem, slots, people)
    for i in slots:
        model.add_exactly_one(held[i, p.key] for p in people if (i, p.key) in held)
    keep_rest(model, problem, slots, people, held)
    keep_months(model, problem, slots, people, held)
    if fair:
        model.minimize(unfairness(model, problem, slots, people, held))
    for (i, key), yes in held.items() if hint else ():
        model.add_hint(yes, hint[i] == key)  # type: ignore[index]
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = effort
    state = solver.solve(model)
    if state not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, False
    chosen = {i: key for (i, key), yes in held.items() if solver.boolean_value(yes)}
    return chosen, state == cp_model.OPTIMAL


def variables(model: Any, problem: Problem, slots: Sequence[int], people: Sequence[Person]) -> Held:
    """One yes or no for each slot and person who can; what was set by hand stays."""
    held: Held = {}
    for i in slots:
        slot = problem.slots[i]
        for person in people:
            rested = problem.before.get(person.key, slot.starts - problem.rest)
            fixed = problem.fixed.get(i)
            if fixed == person.key or (
                fixed is None and person.can(slot) and slot.starts - rested >= problem.rest
            ):
                held[i, person.key] = model.new_bool_var(f"{i} {person.key}")
    return held


def keep_rest(
    model: Any, problem: Problem, slots: Sequence[int], people: Sequence[Person], held: Held
) -> None:
    """After a shift comes rest: of all slots that begin before one's rest is over, one at most;
    where more are fixed to somebody already, no further one."""
    order = sorted(slots, key=lambda i: (problem.slots[i].starts, i))
    for position, first in enumerate(order):
        until = problem.slots[first].ends + problem.rest
        window = [first]
        for later in order[position + 1 :]:
            if problem.slots[later].starts >= until:
                break
            window.append(later)
        for person in people:
            those = [i for i in window if (i, person.key) in held]
            if sum(i in problem.fixed for i in those) > 1:  # set so by hand, with a reason
                for i in set(those) - set(problem.fixed):
                    model.add(held[i, person.key] == 0)
            elif len(those) > 1:
                model.add_at_most_one(held[i, person.key] for i in those)


def keep_months(
    model: Any, problem: Problem, slots: Sequence[int], people: Sequence[Person], held: Held
) -> None:
    """Nobody has more shifts in a month than agreed, or than are theirs already."""
    for person in people:
        if not person.most:
            continue
        months: dict[tuple[int, int], list[int]] = {}
        for i in slots:
            if (i, person.key) in held:
                day = problem.slots[i].day
                months.setdefault((day.year, day.month), []).append(i)
        for those in months.values():
            already = sum(problem.fixed.get(i) == person.key for i in those)
            most = max(person.most, already)
            model.add(sum(held[i, person.key] for i in those) <= most)


def unfairness(
    model: Any,
    problem: Problem,
    slots: Sequence[int],
    people: Sequence[Person],
    held: Held,
) -> Any:
    """How unevenly these people bear: for special shifts and for weight the distance of the highest
    from the lowest, among those fairness compares. What the others bear is not theirs to mend."""
    before = borne(problem, frozenset(problem.slots[i].post for i in slots), {})
    compared = [p for p in people if p.key in before]
    if len(compared) < 2:
        return 0
    parts = []
    for which, price in ((1, SPECIAL), (0, 1)):
        worth = {i: (problem.slots[i].weight, int(problem.slots[i].special))[which] for i in slots}
        most = max(before[p.key][which] for p in compared) + sum(worth.values())
        high = model.new_int_var(0, most, f"high {price}")
        low = model.new_int_var(0, most, f"low {price}")
        for person in compared:
            own = [w * held[i, person.key] for i, w in worth.items() if (i, person.key) in held]
            total = before[person.key][which] + sum(own)
            model.add(total <= high)
            model.add(total >= low)
        parts.append(price * (high - low))
    return sum(parts)
