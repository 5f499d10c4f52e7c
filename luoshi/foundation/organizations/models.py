"""Units, their names and relations; posts and who holds them.

Verbs: `domain.importing` (trees), `domain.appointing`, `domain.relating`, `domain.merging`,
`domain.tokens`.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from luoshi.foundation.accounts.models import User
from luoshi.foundation.organizations.enums import Level, Relation, Role, System


class Unit(models.Model):
    """A unit of the tree. `path` is the codes from the root, each followed by "/"; `seat_path` is
    the path of the unit that stands for its territory (a city's committee, government, departments
    share one), which `domain.seating` derives."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=Level.choices)
    system = models.CharField(max_length=16, choices=System.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=300, db_index=True)
    seat_path = models.CharField(max_length=300, db_index=True)
    sort_key = models.CharField(max_length=200, db_index=True)
    initials = models.CharField(max_length=60, blank=True, db_index=True)
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("sort_key", "code")

    def __str__(self) -> str:
        return self.short_name or self.name


class UnitAlias(models.Model):
    """Another name a unit goes by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name


class CollectiveName(models.Model):
    """A name that stands for several units (各县区), or a role word resolved per matter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60, unique=True)
    role_word = models.BooleanField(default=False)
    members = models.ManyToManyField(Unit, related_name="collective_names")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post of a unit with the role it gives."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    role = models.CharField(max_length=24, choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "title", "role"), name="organizations_post_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """A person in a post during a span. `officer_class` is 0 for business posts and 1–3 for the
    three officers; one constraint keeps a person inside one class (三员分立)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    officer_class = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    delegated_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="delegates")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="organizations_appointment_span",
            ),
            ExclusionConstraint(
                name="organizations_one_officer_class",
                expressions=(
                    ("person", RangeOperators.EQUAL),
                    ("officer_class", RangeOperators.NOT_EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id}"


class UnitMerger(models.Model):
    """A unit closed and continued by its successor, with the document this rests on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="merger")
    into = models.ForeignKey(Unit, models.PROTECT, related_name="mergers")
    basis = models.CharField(max_length=200)
    merged_by_name = models.CharField(max_length=60)
    merged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.into_id}"


class AuthorityOverride(models.Model):
    """A relation between two units that the tree does not give."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upper = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    lower = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("upper", "lower"), name="organizations_relation_once"),
        )

    def __str__(self) -> str:
        return f"{self.upper_id} {self.relation} {self.lower_id}"


class ApiToken(models.Model):
    """A token acts for a unit and names the person it acts for; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.prefix}…"


class IdempotencyKey(models.Model):
    """A request of a token that was carried out, with its answer; kept seven days, so that a
    repeated request gets the first answer (security.md 5, rule 8)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("token", "key"), name="organizations_request_once"),
        )

    def __str__(self) -> str:
        return self.key
