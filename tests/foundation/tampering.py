"""What somebody with the database's own password could do."""

from django.db import connection

TABLES = ("motbuoc_historyline", "motbuoc_historyseal", "motbuoc_historypersonal")


def without_triggers() -> None:
    """The database refuses nothing any more, until the transaction of the test is rolled back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE '%history%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
