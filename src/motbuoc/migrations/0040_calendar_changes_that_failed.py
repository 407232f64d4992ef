from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0039_monitors_in_own_ladders")]

    operations = [
        migrations.AddField("calendarchange", "failed_at", models.DateTimeField(blank=True, null=True)),
    ]
