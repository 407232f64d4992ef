"""Duties are found by words without marks; each part of the inbox has an index that holds it in its order."""

from typing import Any

from django.db import migrations, models

from vanban.text import fold


def fill(apps: Any, schema_editor: Any) -> None:
    duties = apps.get_model("motbuoc", "Duty")
    part = []
    for duty in duties.objects.only("pk", "text").iterator(chunk_size=500):
        duty.folded = fold(duty.text)
        part.append(duty)
        if len(part) == 500:
            duties.objects.bulk_update(part, ["folded"])
            part = []
    duties.objects.bulk_update(part, ["folded"])


NOT_OWED = ("submitted", "accepted", "suspended", "cancelled")
QUIETABLE = ("continuous", "undated", "event")
STANDING = ("state", "due_on", "submitted_on", "time_kind", "news_on")


def index(name: str, *fields: str, where: models.Q | None = None) -> migrations.AddIndex:
    return migrations.AddIndex("assignment", models.Index(fields=fields, name=name, condition=where))


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0025_registers")]

    operations = [
        migrations.AddField("duty", "folded", models.TextField(blank=True, default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex("assignment", "assignment_board"),
        index("assignment_board", "document", "unit", "provision", *STANDING),
        index("assignment_of_document", "document", "state", "due_on"),
        index("assignment_by_state", "state", "due_on", "id"),
        index("assignment_due", "due_on", "id", where=~models.Q(state__in=NOT_OWED)),
        index(
            "assignment_quiet",
            "news_on",
            "id",
            where=~models.Q(state__in=NOT_OWED) & models.Q(time_kind__in=QUIETABLE),
        ),
        index("assignment_handed_in", "state", "submitted_on", "id", where=models.Q(state="submitted")),
        index(
            "assignment_handed_in_late",
            "state",
            "submitted_on",
            "id",
            where=models.Q(state="submitted", submitted_on__gt=models.F("due_on")),
        ),
        index("assignment_done", "state", "-accepted_on", "-id", where=models.Q(state="accepted")),
    ]
