"""Outgoing documents are found by number and subject without marks."""

from typing import Any

from django.db import migrations, models

from vanban.text import fold


def fill(apps: Any, schema_editor: Any) -> None:
    outgoing = apps.get_model("motbuoc", "Outgoing")
    part = []
    for row in outgoing.objects.only("pk", "code", "subject").iterator(chunk_size=500):
        row.folded = fold(f"{row.code} {row.subject}")
        part.append(row)
        if len(part) == 500:
            outgoing.objects.bulk_update(part, ["folded"])
            part = []
    outgoing.objects.bulk_update(part, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0030_document_versions")]

    operations = [
        migrations.AddField("outgoing", "folded", models.TextField(blank=True, default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
