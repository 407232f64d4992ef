"""What rows of before get in the new columns."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F
from django.utils import timezone

BASE_UNITS = "Các chi ủy, đảng ủy cơ sở"
BASE_KINDS = ["party_base_org", "party_base_cell"]
WINDOW = timedelta(days=90)  # what inspections that had no end have left


def fill(apps, schema_editor):
    get = lambda name: apps.get_model("motbuoc", name)  # noqa: E731
    get("UnitVersion").objects.filter(symbol="").update(symbol=F("code"))
    get("Assignment").objects.filter(given_to=None).update(given_to=F("unit"))
    today = timezone.localdate()
    get("Grant").objects.filter(role="inspector", valid_until=None).update(valid_until=today + WINDOW)
    group, _made = get("UnitGroup").objects.get_or_create(
        owner=None, name=BASE_UNITS, defaults={"kinds": BASE_KINDS}
    )
    get("Addressee").objects.filter(selection="base_units").update(selection="group", group=group)


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0006_units_people_access")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
