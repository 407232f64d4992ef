"""A routing note may have been given to units as a task."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0037_orders_waits_parts")]

    operations = [
        migrations.AddField(
            "routingnote",
            "document",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="routing_note",
                to="motbuoc.document",
            ),
        ),
    ]
