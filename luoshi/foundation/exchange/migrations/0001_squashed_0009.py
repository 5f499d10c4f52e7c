import uuid

import django.db.models.deletion
from django.db import migrations, models

import luoshi.foundation.accounts.sealing
from luoshi.foundation.core.rows.tables import Tables

PACKED = ("exchange_incoming", "exchange_outgoing")  # the database need not try once more
PLAIN = "ALTER TABLE {} ALTER COLUMN body SET STORAGE EXTERNAL"
USUAL = "ALTER TABLE {} ALTER COLUMN body SET STORAGE EXTENDED"


class Migration(migrations.Migration):
    replaces = [
        ("exchange", "0001_initial"),
        ("exchange", "0002_dispatches"),
        ("exchange", "0003_anchors"),
        ("exchange", "0004_hops_and_milestones"),
        ("exchange", "0005_one_verdict_for_many"),
        ("exchange", "0006_link_verdicts"),
        ("exchange", "0007_bodies_as_they_are"),
        ("exchange", "0008_reported_to"),
        ("exchange", "0009_restored_at"),
    ]

    initial = True

    dependencies = [
        ("attachments", "0001_squashed_0002"),
        ("organizations", "0001_squashed_0003"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Incarnation",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("value", models.CharField(max_length=32, unique=True)),
                    ("began_at", models.DateTimeField()),
                    ("restored", models.BooleanField(default=False)),
                ],
            ),
            migrations.CreateModel(
                name="Alarm",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("sender", models.CharField(max_length=24)),
                    ("reason", models.CharField(max_length=20)),
                    ("detail", models.CharField(blank=True, max_length=200)),
                    ("digest", models.CharField(max_length=64)),
                    ("body", models.BinaryField(null=True)),
                    ("first_at", models.DateTimeField()),
                    ("last_at", models.DateTimeField()),
                    ("times", models.PositiveIntegerField(default=1)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sender", "reason", "digest"), name="exchange_alarm_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Node",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("code", models.CharField(max_length=24, unique=True)),
                    ("name", models.CharField(max_length=100)),
                    (
                        "relation",
                        models.CharField(
                            choices=[
                                ("own", "This node"),
                                ("superior", "Superior node"),
                                ("subordinate", "Subordinate node"),
                                ("direct", "Direct-report point"),
                                ("reported_to", "Superior reported to directly"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("entered", "Entered; its card is awaited"),
                                ("matched", "Card received; awaits acceptance"),
                                ("active", "Accepted"),
                                ("suspended", "Suspended"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("address", models.CharField(blank=True, max_length=120)),
                    ("link", models.CharField(blank=True, max_length=60)),
                    ("authority", models.TextField(blank=True)),
                    ("card", models.TextField(blank=True)),
                    ("fingerprint", models.CharField(blank=True, max_length=64)),
                    ("one_time_code", luoshi.foundation.accounts.sealing.SealedField(blank=True)),
                    ("code_expires_at", models.DateTimeField(null=True)),
                    ("entered_by", models.UUIDField(null=True)),
                    ("entered_by_name", models.CharField(blank=True, max_length=60)),
                    ("entered_at", models.DateTimeField()),
                    ("accepted_by_name", models.CharField(blank=True, max_length=60)),
                    ("accepted_at", models.DateTimeField(null=True)),
                    ("suspended_reason", models.CharField(blank=True, max_length=200)),
                    ("sequence_incarnation", models.CharField(blank=True, max_length=32)),
                    ("last_sequence", models.BigIntegerField(default=0)),
                    ("heard_at", models.DateTimeField(null=True)),
                    ("remembers", models.JSONField(default=dict)),
                    ("restored_life", models.CharField(blank=True, max_length=32)),
                    ("connected_at", models.DateTimeField(null=True)),
                    ("matched_at", models.DateTimeField(null=True)),
                    ("matched_by_name", models.CharField(blank=True, max_length=60)),
                    ("restored_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ("code",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("relation__in", ("own", "superior"))),
                            fields=("relation",),
                            name="exchange_one_own_one_superior",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="NodeKey",
                fields=[
                    ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ("suite", models.CharField(max_length=20)),
                    (
                        "purpose",
                        models.CharField(
                            choices=[("sign", "Signing"), ("encrypt", "Encryption")], max_length=8
                        ),
                    ),
                    ("public", models.CharField(max_length=200)),
                    ("since", models.DateTimeField()),
                    ("until", models.DateTimeField(null=True)),
                    ("accepted_at", models.DateTimeField(null=True)),
                    ("accepted_by_name", models.CharField(blank=True, max_length=60)),
                    ("revoked_at", models.DateTimeField(null=True)),
                    ("revoked_reason", models.CharField(blank=True, max_length=200)),
                    (
                        "node",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="keys",
                            to="exchange.node",
                        ),
                    ),
                ],
                options={
                    "ordering": ("since", "suite"),
                },
            ),
            migrations.CreateModel(
                name="ServedUnit",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "node",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="served",
                            to="exchange.node",
                        ),
                    ),
                    (
                        "unit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="served_by",
                            to="organizations.unit",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Dispatch",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("kind", models.CharField(max_length=41)),
                    ("title", models.CharField(max_length=200)),
                    ("number", models.CharField(blank=True, max_length=80)),
                    ("urgency", models.CharField(blank=True, max_length=10)),
                    ("words", models.TextField(blank=True)),
                    ("sent_by", models.UUIDField(null=True)),
                    ("sent_by_name", models.CharField(max_length=60)),
                    ("sent_at", models.DateTimeField()),
                    ("units", models.PositiveIntegerField()),
                    ("recalled_at", models.DateTimeField(null=True)),
                    ("recalled_by_name", models.CharField(blank=True, max_length=60)),
                    ("recall_reason", models.CharField(blank=True, max_length=200)),
                    (
                        "sender_unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="dispatches",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["sender_unit", "-sent_at", "id"], name="exchange_dispatches"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConnectionPlan",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("planned_on", models.DateField(null=True)),
                    ("in_charge", models.CharField(blank=True, max_length=60)),
                    ("set_by_name", models.CharField(blank=True, max_length=60)),
                    ("set_at", models.DateTimeField()),
                    (
                        "node",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plans",
                            to="exchange.node",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="connection_plans",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["unit", "-id"], name="exchange_plan_of_unit")],
                },
            ),
            migrations.CreateModel(
                name="Incoming",
                fields=[
                    ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                    ("kind", models.CharField(max_length=41)),
                    ("control", models.BooleanField(default=False)),
                    ("incarnation", models.CharField(max_length=32)),
                    ("sequence", models.BigIntegerField()),
                    ("digest", models.CharField(max_length=64)),
                    ("size", models.BigIntegerField()),
                    ("body", models.BinaryField(null=True)),
                    ("kind_version", models.PositiveIntegerField()),
                    ("units", models.JSONField(default=list)),
                    ("object", models.CharField(blank=True, max_length=120)),
                    ("revision", models.PositiveIntegerField(default=0)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("applied", "Taken"),
                                ("parked", "Parked"),
                                ("refused", "Refused"),
                            ],
                            db_index=True,
                            max_length=8,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    ("sent_at", models.DateTimeField()),
                    ("received_at", models.DateTimeField()),
                    ("settled_at", models.DateTimeField(null=True)),
                    (
                        "file",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="attachments.storedfile",
                        ),
                    ),
                    (
                        "sender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="incoming",
                            to="exchange.node",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["sender", "object", "revision"], name="exchange_of_object"
                        ),
                        models.Index(fields=["received_at", "id"], name="exchange_received"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sender", "incarnation", "sequence"),
                            name="exchange_in_sequence",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Outgoing",
                fields=[
                    ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                    ("kind", models.CharField(max_length=41)),
                    ("control", models.BooleanField(default=False)),
                    ("incarnation", models.CharField(max_length=32)),
                    ("sequence", models.BigIntegerField()),
                    ("digest", models.CharField(max_length=64)),
                    ("size", models.BigIntegerField()),
                    ("body", models.BinaryField(null=True)),
                    ("sender_unit", models.CharField(max_length=24)),
                    ("units", models.JSONField(default=list)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "Waiting"),
                                ("sent", "In transit"),
                                ("received", "Taken by the receiver"),
                                ("refused", "Refused by the receiver"),
                                ("recalled", "Recalled"),
                                ("given", "Handed over"),
                            ],
                            db_index=True,
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=120)),
                    ("created_at", models.DateTimeField()),
                    ("attempts", models.PositiveIntegerField(default=0)),
                    ("parts", models.PositiveIntegerField(default=0)),
                    ("next_at", models.DateTimeField(null=True)),
                    ("held", models.CharField(blank=True, max_length=120)),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("settled_at", models.DateTimeField(null=True)),
                    (
                        "answers",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="returns",
                            to="exchange.incoming",
                        ),
                    ),
                    (
                        "file",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="attachments.storedfile",
                        ),
                    ),
                    (
                        "receiver",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="outgoing",
                            to="exchange.node",
                        ),
                    ),
                    ("taken_at", models.DateTimeField(null=True)),
                    ("tried_at", models.DateTimeField(null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("next_at__isnull", False)),
                            fields=["next_at", "id"],
                            name="exchange_due",
                        ),
                        models.Index(
                            condition=models.Q(("state__in", ("waiting", "sent"))),
                            fields=["created_at", "id"],
                            name="exchange_open",
                        ),
                        models.Index(
                            condition=models.Q(("settled_at__isnull", False)),
                            fields=["settled_at", "id"],
                            name="exchange_answered",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("receiver", "incarnation", "sequence"),
                            name="exchange_out_sequence",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Receipt",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    (
                        "word",
                        models.CharField(
                            choices=[
                                ("delivered", "Delivered"),
                                ("signed", "Signed for"),
                                ("opened", "Opened"),
                                ("refused", "Refused"),
                                ("recalled", "Recalled"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("unit", models.CharField(blank=True, max_length=24)),
                    ("person", models.CharField(blank=True, max_length=60)),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    ("at", models.DateTimeField()),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.incoming",
                        ),
                    ),
                    (
                        "outgoing",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="receipts",
                            to="exchange.outgoing",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("outgoing", "word", "unit"), name="exchange_receipt_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Returned",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("consignment", models.UUIDField(unique=True)),
                    ("kind", models.CharField(max_length=41)),
                    ("title", models.CharField(blank=True, max_length=500)),
                    ("sent_at", models.DateTimeField()),
                    ("returned_at", models.DateTimeField()),
                    ("decided", models.CharField(blank=True, max_length=10)),
                    ("decided_by_name", models.CharField(blank=True, max_length=60)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.incoming",
                        ),
                    ),
                    (
                        "node",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="returned",
                            to="exchange.node",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Addressee",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("sort_key", models.CharField(max_length=200)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("sent", "On the way"),
                                ("delivered", "Delivered"),
                                ("opened", "Opened"),
                                ("signed", "Signed for"),
                                ("refused", "Refused"),
                                ("recalled", "Recalled"),
                            ],
                            default="sent",
                            max_length=10,
                        ),
                    ),
                    ("delivered_at", models.DateTimeField(null=True)),
                    ("opened_at", models.DateTimeField(null=True)),
                    ("signed_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("person", models.CharField(blank=True, max_length=60)),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    (
                        "outgoing",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="addressees",
                            to="exchange.outgoing",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organizations.unit",
                        ),
                    ),
                    (
                        "dispatch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="addressees",
                            to="exchange.dispatch",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["dispatch", "state", "sort_key", "id"], name="exchange_board"
                        ),
                        models.Index(
                            fields=["dispatch", "sort_key", "id"], name="exchange_board_all"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("dispatch", "unit"), name="exchange_addressee_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Arrival",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("title", models.CharField(max_length=500)),
                    ("number", models.CharField(blank=True, max_length=100)),
                    ("issuer", models.CharField(blank=True, max_length=200)),
                    ("urgency", models.CharField(blank=True, max_length=20)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("delivered", "Delivered"),
                                ("signed", "Signed for"),
                                ("opened", "Opened"),
                                ("refused", "Refused"),
                                ("recalled", "Recalled"),
                            ],
                            default="delivered",
                            max_length=10,
                        ),
                    ),
                    ("arrived_at", models.DateTimeField()),
                    ("opened_at", models.DateTimeField(null=True)),
                    ("opened_by_name", models.CharField(blank=True, max_length=60)),
                    ("signed_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("person", models.CharField(blank=True, max_length=60)),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    (
                        "incoming",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="arrivals",
                            to="exchange.incoming",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="arrivals",
                            to="organizations.unit",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["unit", "-arrived_at", "id"], name="exchange_arrivals"
                        ),
                        models.Index(fields=["unit", "state"], name="exchange_arrivals_state"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("incoming", "unit"), name="exchange_arrival_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "refused"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="exchange_refusal_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Anchored",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("chain", models.IntegerField()),
                    ("seq", models.BigIntegerField()),
                    ("head", models.CharField(max_length=64)),
                    ("sent_at", models.DateTimeField()),
                    ("countersigned_at", models.DateTimeField(null=True)),
                    ("refused", models.BooleanField(default=False)),
                    (
                        "evidence",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.incoming",
                        ),
                    ),
                    (
                        "node",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.node",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("node", "chain", "seq"), name="exchange_anchored_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ForeignHead",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("chain", models.IntegerField()),
                    ("seq", models.BigIntegerField()),
                    ("head", models.CharField(max_length=64)),
                    ("at", models.DateTimeField()),
                    ("received_at", models.DateTimeField()),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.incoming",
                        ),
                    ),
                    (
                        "node",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="heads",
                            to="exchange.node",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("node", "chain", "seq"), name="exchange_head_once"
                        )
                    ],
                },
            ),
        ),
        migrations.AddField(
            model_name="incoming",
            name="verdict",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered",
                to="exchange.outgoing",
            ),
        ),
        *(migrations.RunSQL(PLAIN.format(one), USUAL.format(one)) for one in PACKED),
    ]
