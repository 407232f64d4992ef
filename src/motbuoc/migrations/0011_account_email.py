"""An account may have an e-mail; and the table in which all worker processes count failed sign-ins."""

from django.core.management import call_command
from django.db import migrations, models
from django.db.models.functions import Lower


def make_cache_table(apps, schema_editor):
    """The table of settings.CACHES["default"]."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0010_history_seals")]
    run_before = [("account", "0001_initial")]  # django-allauth's own migrations look for the e-mail of an account

    operations = [
        migrations.AddField(
            model_name="account",
            name="email",
            field=models.EmailField(blank=True, default="", max_length=254, verbose_name="E-mail"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                Lower("email"), condition=models.Q(("email", ""), _negated=True), name="account_email_once"
            ),
        ),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
