import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_hops_and_milestones"),
    ]

    operations = [
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
        migrations.AlterField(
            model_name="outgoing",
            name="answers",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returns",
                to="exchange.incoming",
            ),
        ),
    ]
