from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duty", "0003_handover_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="dutyperson",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
