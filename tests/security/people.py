"""People in posts for the tests of sign-in: a password, a factor, a browser at each step."""

from datetime import UTC, datetime

from django.test import Client

from luoshi.foundation.accounts import codes
from luoshi.foundation.accounts.domain.enrolling import begin_enrolment, confirm_enrolment
from luoshi.foundation.accounts.domain.passwords import hand_out
from luoshi.foundation.accounts.domain.policing import set_policy
from luoshi.foundation.accounts.enums import FactorFrom
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.importing import read_tree, write_tree
from luoshi.foundation.organizations.models import Unit
from tests.story import DATA, SYSTEM, actor

NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
WORD = "Qingming-2026-own"


def plant_tree() -> None:
    """The sample tree."""
    write_tree(read_tree(DATA / "samples" / "units.xlsx"), actor=SYSTEM, at=NOW)


def no_factors() -> None:
    """The policy of the demo: only officers and leaders need a second factor."""
    set_policy(
        second_factor_from=FactorFrom.NEVER, password_profile="dengbao3", actor=SYSTEM, at=NOW
    )


def user_of(who: Actor) -> User:
    """The account of an actor, as it is now."""
    return User.objects.get(pk=who.person_id)


def holder(username: str, role: str, unit: str = "市委办公室") -> Actor:
    """Somebody in a post with a password of their own."""
    found = actor(username, "某人", Unit.objects.get(short_name=unit), role)
    hand_out(user=user_of(found), password=WORD, actor=SYSTEM, at=NOW, once=False)
    return found


def enrolled(who: Actor, at: datetime = NOW) -> tuple[str, list[str]]:
    """(seed, recovery codes) of a person who enrolled at that instant."""
    user = user_of(who)
    seed = begin_enrolment(user=user, actor=who, at=at).pending_seed
    code = codes.code_of(seed, codes.step_of(at))
    return seed, confirm_enrolment(user=user, code=code, actor=who, at=at, clock=at)


def password_step(username: str, word: str = WORD) -> Client:
    """A browser whose password was taken, or not."""
    client = Client()
    client.post("/sign-in/", {"username": username, "password": word})
    return client


def officer_browser(who: Actor) -> Client:
    """A browser of somebody with a factor, signed in by a recovery code."""
    _seed, recovery = enrolled(who)
    client = password_step(who.username)
    assert client.post("/sign-in/", {"code": recovery[0]}).status_code == 302
    return client


def signed_in(client: Client) -> bool:
    """Whether the browser holds a session of a person."""
    return client.get("/preferences/").status_code == 200
