import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import luoshi.foundation.accounts.sealing
from luoshi.foundation.accounts.migrations._guard import GUARD, UNGUARD
from luoshi.foundation.core.rows.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_installation_usecounter_signin"),
        ("accounts", "0003_nature_for_ever"),
        ("accounts", "0004_second_factor_sealed_phone"),
    ]

    initial = True

    dependencies = []

    operations = [
        Tables(
            migrations.CreateModel(
                name="User",
                fields=[
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    (
                        "last_login",
                        models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                    ),
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("username", models.CharField(max_length=40, unique=True)),
                    ("full_name", models.CharField(max_length=60)),
                    ("sort_key", models.CharField(db_index=True, max_length=120)),
                    (
                        "phone",
                        luoshi.foundation.accounts.sealing.SealedField(blank=True, max_length=40),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("inactive", "Inactive"),
                                ("active", "Active"),
                                ("suspended", "Suspended"),
                            ],
                            default="inactive",
                            max_length=10,
                        ),
                    ),
                    ("must_change_password", models.BooleanField(default=True)),
                    ("password_changed_at", models.DateTimeField(null=True)),
                    ("factor_since", models.DateTimeField(null=True)),
                    ("language", models.CharField(blank=True, max_length=8)),
                    (
                        "theme",
                        models.CharField(
                            choices=[
                                ("auto", "As the device"),
                                ("light", "Light"),
                                ("dark", "Dark"),
                            ],
                            default="auto",
                            max_length=5,
                        ),
                    ),
                    ("single_keys", models.BooleanField(default=True)),
                    ("created_at", models.DateTimeField()),
                ],
                options={
                    "ordering": ("sort_key", "username"),
                },
            ),
            migrations.CreateModel(
                name="AccessPolicy",
                fields=[
                    (
                        "id",
                        models.PositiveSmallIntegerField(
                            default=1, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "second_factor_from",
                        models.CharField(
                            choices=[
                                ("never", "Never (officers and leaders only)"),
                                ("province", "Province"),
                                ("city", "City and above"),
                                ("county", "County and above"),
                                ("township", "Everybody"),
                            ],
                            default="city",
                            max_length=10,
                        ),
                    ),
                    (
                        "password_profile",
                        models.CharField(
                            choices=[
                                ("dengbao3", "GB/T 22239 level 3"),
                                ("asvs", "OWASP ASVS level 2"),
                            ],
                            default="dengbao3",
                            max_length=10,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="DatabaseNature",
                fields=[
                    (
                        "id",
                        models.PositiveSmallIntegerField(
                            default=1, primary_key=True, serialize=False
                        ),
                    ),
                    ("demo", models.BooleanField(default=False)),
                    ("demo_day", models.DateField(null=True)),
                    ("created_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="Installation",
                fields=[
                    (
                        "id",
                        models.PositiveSmallIntegerField(
                            default=1, primary_key=True, serialize=False
                        ),
                    ),
                    ("code_hash", models.CharField(blank=True, max_length=64)),
                    ("expires_at", models.DateTimeField()),
                    ("calendar_checked_at", models.DateTimeField(null=True)),
                    ("finished_at", models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="UseCounter",
                fields=[
                    ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                    ("window_start", models.DateTimeField()),
                    ("uses", models.PositiveIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name="SecondFactor",
                fields=[
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="second_factor",
                            serialize=False,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("seed", luoshi.foundation.accounts.sealing.SealedField(blank=True)),
                    ("pending_seed", luoshi.foundation.accounts.sealing.SealedField(blank=True)),
                    ("last_step", models.BigIntegerField(default=0)),
                    ("began_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="FormerPassword",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("hash", models.CharField(max_length=256)),
                    ("replaced_at", models.DateTimeField()),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="former_passwords",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="SignIn",
                fields=[
                    (
                        "session_key",
                        models.CharField(max_length=40, primary_key=True, serialize=False),
                    ),
                    ("began_at", models.DateTimeField()),
                    ("address", models.CharField(blank=True, max_length=45)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="sign_ins",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("-began_at",),
                },
            ),
            migrations.CreateModel(
                name="SubmissionKey",
                fields=[
                    ("key", models.UUIDField(primary_key=True, serialize=False)),
                    ("route", models.CharField(max_length=120)),
                    ("location", models.CharField(blank=True, max_length=300)),
                    ("made_at", models.DateTimeField()),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="RecoveryCode",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("hash", models.CharField(max_length=64)),
                    ("used_at", models.DateTimeField(null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="recovery_codes",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("user", "hash"), name="accounts_recovery_code_once"
                        )
                    ],
                },
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
