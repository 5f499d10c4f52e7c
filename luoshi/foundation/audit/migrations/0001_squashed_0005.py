import django.db.models.deletion
from django.db import migrations, models

import luoshi.foundation.core.rows.keys
from luoshi.foundation.audit.migrations._guard import GUARD, UNGUARD
from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0001_squashed_0004"),
        ("audit", "0005_keys_in_turn"),
    ]

    initial = True

    dependencies = []

    operations = [
        Tables(
            migrations.CreateModel(
                name="Chain",
                fields=[
                    ("number", models.AutoField(primary_key=True, serialize=False)),
                    ("started_at", models.DateTimeField()),
                    ("algorithm", models.CharField(max_length=8)),
                    ("reason", models.CharField(blank=True, max_length=200)),
                ],
            ),
            migrations.CreateModel(
                name="Verification",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("started_at", models.DateTimeField()),
                    ("finished_at", models.DateTimeField(null=True)),
                    ("by_name", models.CharField(max_length=60)),
                    ("total", models.BigIntegerField()),
                    ("done", models.BigIntegerField(default=0)),
                    ("code", models.SmallIntegerField(null=True)),
                    ("chain", models.IntegerField(default=0)),
                    ("seq", models.BigIntegerField(default=0)),
                    ("head", models.CharField(blank=True, max_length=64)),
                    ("why", models.CharField(blank=True, max_length=60)),
                ],
                options={
                    "ordering": ("-pk",),
                },
            ),
            migrations.CreateModel(
                name="Head",
                fields=[
                    (
                        "chain",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="head",
                            serialize=False,
                            to="audit.chain",
                        ),
                    ),
                    ("seq", models.BigIntegerField(default=0)),
                    ("hash", models.CharField(blank=True, max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name="Entry",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("seq", models.BigIntegerField()),
                    ("at", models.DateTimeField()),
                    ("action", models.CharField(max_length=60)),
                    ("actor_id", models.UUIDField(null=True)),
                    ("unit_id", models.UUIDField(null=True)),
                    ("object_kind", models.CharField(blank=True, max_length=60)),
                    ("object_id", models.CharField(blank=True, max_length=60)),
                    ("body", models.TextField()),
                    ("prev", models.CharField(blank=True, max_length=64)),
                    ("hash", models.CharField(max_length=64)),
                    (
                        "chain",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="audit.chain",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["object_kind", "object_id", "seq"], name="audit_of_object"
                        ),
                        models.Index(fields=["action", "seq"], name="audit_of_action"),
                        models.Index(fields=["actor_id", "seq"], name="audit_of_actor"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("chain", "seq"), name="audit_entry_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Detail",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=luoshi.foundation.core.rows.keys.in_turn,
                            editable=False,
                            primary_key=True,
                            serialize=False,
                        ),
                    ),
                    ("salt", models.CharField(max_length=64)),
                    ("text", models.TextField()),
                    (
                        "entry",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="detail",
                            to="audit.entry",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Checkpoint",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("seq", models.BigIntegerField()),
                    ("head", models.CharField(max_length=64)),
                    ("at", models.DateTimeField()),
                    ("text", models.TextField()),
                    ("signature", models.TextField()),
                    (
                        "chain",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checkpoints",
                            to="audit.chain",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("chain", "seq"), name="audit_checkpoint_once"
                        )
                    ],
                },
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
