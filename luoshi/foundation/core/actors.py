"""Who acts: a person in a post acting for a unit, or the system itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self
from uuid import UUID

Via = Literal["page", "api", "cli", "job"]
KEPT_IDS = ("person_id", "appointment_id", "unit_id")
KEPT = (*KEPT_IDS, "person_name", "username", "role", "unit_name", "on_behalf_of")


@dataclass(frozen=True)
class Place:
    """Where the actor's unit stands in the tree, as words, so that sight needs no extra query."""

    path: str
    seat_path: str
    level: str
    system: str


@dataclass(frozen=True)
class Actor:
    """Passed explicitly to every verb; ids and names only, so that audit needs no upper room."""

    kind: Literal["person", "system"]
    person_id: UUID | None = None
    person_name: str = ""
    username: str = ""
    appointment_id: UUID | None = None
    role: str = ""
    unit_id: UUID | None = None
    unit_name: str = ""
    place: Place | None = None
    on_behalf_of: str = ""
    via: Via = "page"
    token_id: UUID | None = None
    scopes: frozenset[str] = frozenset()
    address: str = ""
    request_id: str = ""

    @classmethod
    def system(cls, name: str, via: Via = "job") -> Self:
        """The product acting by itself, named after the job ("nightly sweep")."""
        return cls(kind="system", person_name=name, username=name, via=via)

    def kept(self) -> dict[str, str | None]:
        """Who asked, as plain values, so that a job goes on in that person's name."""
        values = {name: getattr(self, name) for name in KEPT}
        return {name: str(one) if isinstance(one, UUID) else one for name, one in values.items()}

    @classmethod
    def again(cls, kept: Mapping[str, Any]) -> Self:
        """The person of `kept`, through a job."""
        given = {name: kept[name] for name in KEPT if name in kept}
        for name in KEPT_IDS:
            given[name] = UUID(given[name]) if given.get(name) else None
        return cls(kind="person", via="job", **given)

    @property
    def is_person(self) -> bool:
        """True when a natural person decides at this moment (not a token, not a job)."""
        return self.kind == "person" and self.token_id is None

    def over(self, via: Via) -> Self:
        """The same actor through another door."""
        return replace(self, via=via)
