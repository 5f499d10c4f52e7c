"""What arithmetic alone says about the fairest roster: shared exactly, no spread is smaller."""

from math import gcd

from luoshi.desks.duty.solving.problem import Problem, Spread, there


def least_spread(problem: Problem, post: str) -> Spread:
    """No roster of this post has a smaller spread. 0 where people who are there for less than half
    of the time, or of two posts, make the sum itself a matter of choice."""
    people = there(problem, post)
    able = [person for person in problem.people if post in person.posts]
    slots = [slot for slot in problem.slots if slot.post == post]
    if len(people) != len(able) or not people or any(len(p.posts) > 1 for p in people):
        return Spread(post, 0, 0, len(people))
    weights = [slot.weight for slot in slots]
    step = gcd(*weights, *(p.load for p in people)) if weights else 1
    whole = sum(weights) + sum(p.load for p in people)
    special = sum(slot.special for slot in slots) + sum(p.specials for p in people)
    return Spread(
        post,
        apart(whole, len(people), max(1, step), max(p.load for p in people)),
        apart(special, len(people), 1, max(p.specials for p in people)),
        len(people),
    )


def apart(whole: int, people: int, step: int, borne: int) -> int:
    """The highest less the lowest when `whole` is shared in multiples of `step`; who bore more than
    that before stays above."""
    parts, left = divmod(whole // step, people)
    high = max(step * (parts + (left > 0)), borne)
    return high - step * parts
