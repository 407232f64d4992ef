from django.db import migrations


def tell_by_ladders_of_their_own(apps, schema_editor):
    """Give the ladders that departments have made the rung for the unit that tracks, as the default one has it."""
    rung = apps.get_model("motbuoc", "Rung")
    for ladder in apps.get_model("motbuoc", "Ladder").objects.all():
        rung.objects.get_or_create(
            ladder=ladder, occasion="after_due", days=1, recipient="monitor", defaults={"reach": "digest"}
        )


def tell_nobody_who_tracks(apps, schema_editor):
    """Before, there was no such recipient."""
    apps.get_model("motbuoc", "Rung").objects.filter(recipient="monitor").delete()


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0038_routing_notes_given")]

    # Back again nobody tracks, and the table knows no such recipient.
    operations = [migrations.RunPython(tell_by_ladders_of_their_own, tell_nobody_who_tracks)]
