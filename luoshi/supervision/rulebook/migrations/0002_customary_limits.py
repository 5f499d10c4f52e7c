from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_squashed_0006")]

    operations = [
        migrations.AddField(
            model_name="officesettings",
            name="document_days",
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="minutes_days",
            field=models.PositiveSmallIntegerField(default=20),
        ),
    ]
