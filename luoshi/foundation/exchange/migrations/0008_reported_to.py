from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0007_bodies_as_they_are"),
    ]

    operations = [
        migrations.AlterField(
            model_name="node",
            name="relation",
            field=models.CharField(
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
    ]
