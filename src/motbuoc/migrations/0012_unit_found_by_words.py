"""Units are found by words without marks."""

from typing import Any

from django.db import migrations, models

from vanban.text import fold


def fill(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("motbuoc", "UnitVersion")
    part = []
    for version in versions.objects.only("pk", "name", "short_name", "code").iterator(chunk_size=500):
        version.folded = fold(f"{version.name} {version.short_name} {version.code}")
        part.append(version)
        if len(part) == 500:
            versions.objects.bulk_update(part, ["folded"])
            part = []
    versions.objects.bulk_update(part, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0011_account_email")]

    operations = [
        migrations.AddField("unitversion", "folded", models.TextField(blank=True, default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
