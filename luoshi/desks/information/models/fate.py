"""What became of an item: adopted, instructed on, handed to a unit, its result (S2-55…57, B10).

Verbs: `domain.fate.adopting`, `instructing`, `handing`, `answering`. Each is dated and has its
evidence: words, or files that hang on the row. Units elsewhere are named by code and name.
"""

import uuid
from datetime import date

from django.db import models

from luoshi.desks.information.enums import HandingWay, Tier
from luoshi.desks.information.models.items import Item
from luoshi.supervision.matters.models import Matter


class Evidenced(models.Model):
    """The day, what shows it, and who wrote it down. `files`: how many hang on the row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField()
    evidence = models.CharField(max_length=500, blank=True)
    files = models.PositiveSmallIntegerField(default=0)
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    class Meta:
        abstract = True


class Adoption(Evidenced):
    """A higher level printed it, whole or merged with others (S2-55, R-INF-6)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="adoptions")
    tier = models.CharField(max_length=12, choices=Tier.choices)
    adopter_code = models.CharField(max_length=24, blank=True)
    adopter_name = models.CharField(max_length=100)
    publication = models.CharField(max_length=120)
    issue = models.CharField(max_length=60, blank=True)
    merged = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("item", "adopter_name", "publication", "issue"),
                name="information_adoption_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.adopter_name}《{self.publication}》{self.issue}"


class ItemInstruction(Evidenced):
    """What a leader wrote on it (S2-56). `leader`: the account, where the leader has one here."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="instructions")
    tier = models.CharField(max_length=12, choices=Tier.choices)
    leader = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    leader_name = models.CharField(max_length=60)
    leader_title = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.leader_name} {self.text[:40]}"


class Handover(Evidenced):
    """Handed to a unit, as a share of a matter or as a request (S2-57). `due_on`: an answer is
    asked for by then."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="handovers")
    instruction = models.ForeignKey(
        ItemInstruction, models.PROTECT, null=True, related_name="handovers"
    )
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=HandingWay.choices)
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.unit} {self.way}"

    def overdue(self, today: date) -> bool:
        """A request whose day has passed without an answer; reads `results`."""
        late = self.due_on is not None and self.due_on < today
        return late and not self.results.all()


class ItemResult(Evidenced):
    """What became of it, and the rule or document it led to (features row 74)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="results")
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="results")
    unit_name = models.CharField(max_length=100)
    text = models.TextField()
    rule_title = models.CharField(max_length=120, blank=True)
    rule_number = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.rule_title or self.text[:40]
