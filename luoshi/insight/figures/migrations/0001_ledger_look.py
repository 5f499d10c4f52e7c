import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="LedgerLook",
                fields=[
                    (
                        "person",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="ledger_look",
                            serialize=False,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "density",
                        models.CharField(
                            choices=[
                                ("compact", "Compact"),
                                ("standard", "Standard"),
                                ("roomy", "Roomy"),
                            ],
                            default="standard",
                            max_length=8,
                        ),
                    ),
                    ("hidden", models.JSONField(default=list)),
                    ("views", models.JSONField(default=list)),
                ],
            ),
        ),
    ]
