"""The database itself refuses to change or remove a line of history, on SQLite and on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER history_no_update BEFORE UPDATE ON motbuoc_historyline
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_no_delete BEFORE DELETE ON motbuoc_historyline
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION motbuoc_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
    """CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON motbuoc_historyline
       FOR EACH STATEMENT EXECUTE FUNCTION motbuoc_history_is_append_only()""",
]


def create(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER history_no_update")
        schema_editor.execute("DROP TRIGGER history_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER history_append_only ON motbuoc_historyline")
        schema_editor.execute("DROP FUNCTION motbuoc_history_is_append_only()")


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
