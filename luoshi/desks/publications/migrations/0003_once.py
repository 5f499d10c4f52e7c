from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publications", "0002_revisions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publication",
            name="periodicity",
            field=models.CharField(
                choices=[
                    ("monthly", "Monthly"),
                    ("bimonthly", "Every two months"),
                    ("quarterly", "Quarterly"),
                    ("yearly", "Yearly"),
                    ("irregular", "Irregular"),
                    ("once", "Once"),
                ],
                max_length=12,
            ),
        ),
    ]
