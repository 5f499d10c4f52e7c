"""How a person keeps the ledger: density, columns, named views. Verb: `domain.looking`."""

from django.db import models

from luoshi.insight.figures.enums import Density


class LedgerLook(models.Model):
    """One row per person. `views` are named query strings in the order they were kept; `hidden`
    names the optional columns the person hides."""

    person = models.OneToOneField(
        "accounts.User", models.CASCADE, primary_key=True, related_name="ledger_look"
    )
    density = models.CharField(max_length=8, choices=Density.choices, default=Density.STANDARD)
    hidden = models.JSONField(default=list)
    views = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.person_id)
