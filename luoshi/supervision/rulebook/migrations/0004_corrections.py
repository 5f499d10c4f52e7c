from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0003_section_chief")]

    operations = [
        migrations.AddField(
            model_name="ruleproposal",
            name="correction",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
    ]
