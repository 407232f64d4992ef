"""Lines with a digest of their own, sealed in batches; personal values beside them; triggers on all of it.

Lines that are there already are proved by the chain they were written in, get their new digests, and are sealed.
"""

import hashlib
import json
from datetime import UTC

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

# The form of the digests is for good, so the product's own code is safe to use here.
from motbuoc.foundation.history.digests import LINE_FIELDS, Tree, leaf_of, seal_digest_of

BATCH = 1000

TABLES = {"historyline": "history", "historyseal": "history_seal"}
SQLITE = [
    statement
    for table, name in TABLES.items()
    for statement in (
        f"""CREATE TRIGGER {name}_no_update BEFORE UPDATE ON motbuoc_{table}
            BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
        f"""CREATE TRIGGER {name}_no_delete BEFORE DELETE ON motbuoc_{table}
            BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    )
] + [
    """CREATE TRIGGER history_personal_no_update BEFORE UPDATE ON motbuoc_historypersonal
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    # INSERT OR REPLACE removes the old row without asking the triggers above.
    """CREATE TRIGGER history_no_replace BEFORE INSERT ON motbuoc_historyline
       WHEN EXISTS (SELECT 1 FROM motbuoc_historyline WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_seal_no_replace BEFORE INSERT ON motbuoc_historyseal
       WHEN EXISTS (SELECT 1 FROM motbuoc_historyseal WHERE number = NEW.number OR first_line = NEW.first_line
                    OR last_line = NEW.last_line)
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_personal_no_replace BEFORE INSERT ON motbuoc_historypersonal
       WHEN EXISTS (SELECT 1 FROM motbuoc_historypersonal WHERE line_id = NEW.line_id)
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
]
POSTGRESQL = [
    f"""CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON motbuoc_{table}
        FOR EACH STATEMENT EXECUTE FUNCTION motbuoc_history_is_append_only()"""
    for table, name in TABLES.items()
] + [
    """CREATE TRIGGER history_personal_no_update BEFORE UPDATE OR TRUNCATE ON motbuoc_historypersonal
       FOR EACH STATEMENT EXECUTE FUNCTION motbuoc_history_is_append_only()""",
]


def _old_digest(line, previous):
    body = [previous, line.at.astimezone(UTC).isoformat(), line.actor_id, line.unit_id, line.action]
    body += [line.object_type, line.object_id, line.values]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def prove_and_open(apps, schema_editor):
    """New digests over altered lines would make a falsehood whole: stop if the old chain does not hold."""
    digest, count, last = "", 0, 0
    while batch := list(apps.get_model("motbuoc", "HistoryLine").objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for line in batch:
            digest = _old_digest(line, digest)
            if line.digest != digest:
                raise RuntimeError(f"The history was altered at line {line.pk}. Nothing was migrated.")
        count, last = count + len(batch), batch[-1].pk
    head = apps.get_model("motbuoc", "HistoryHead").objects.filter(pk=1).first()
    if (head.digest, head.count) != (digest, count) if head else count:
        raise RuntimeError("Lines are missing at the end of the history. Nothing was migrated.")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER history_no_update")
        schema_editor.execute("DROP TRIGGER history_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER history_append_only ON motbuoc_historyline")


def seal_old_lines(apps, schema_editor):
    """Number the lines without gaps, give each its own digest, and put every batch under a seal."""
    lines, seals = apps.get_model("motbuoc", "HistoryLine").objects, apps.get_model("motbuoc", "HistorySeal").objects
    last, done, number, previous = 0, 0, 0, ""
    while batch := list(lines.filter(pk__gt=last).order_by("pk").values_list(*LINE_FIELDS)[:BATCH]):
        leaves = []
        for pk, *fields in batch:
            done += 1
            leaf = leaf_of([done, *fields])
            leaves.append(leaf)
            lines.filter(pk=pk).update(id=done, digest=leaf.hex())
        last, number, now = batch[-1][0], number + 1, timezone.now()
        first, root = done - len(batch) + 1, Tree(leaves).root().hex()
        previous = seal_digest_of(previous, number, first, done, len(batch), root, now)
        seals.create(
            number=number,
            first_line=first,
            last_line=done,
            count=len(batch),
            leaves=b"".join(leaves),
            root=root,
            digest=previous,
            sealed_at=now,
        )
    apps.get_model("motbuoc", "HistoryHead").objects.update_or_create(pk=1, defaults={"count": done, "seals": number})


def close(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("motbuoc", "0009_classification")]
    operations = [
        migrations.RunPython(prove_and_open),
        migrations.RemoveField("historyhead", "digest"),
        migrations.AddField("historyhead", "seals", models.BigIntegerField(default=0)),
        migrations.AlterField("historyline", "id", models.BigIntegerField(primary_key=True, serialize=False)),
        migrations.AddField(
            "historyline",
            "position",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="motbuoc.position",
            ),
        ),
        migrations.AddField(
            "historyline", "request", models.CharField(blank=True, default="", max_length=12), preserve_default=False
        ),
        migrations.AddField(
            "historyline",
            "personal_digest",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex("historyline", models.Index(fields=["at", "id"], name="history_by_time")),
        migrations.AddIndex("historyline", models.Index(fields=["action", "at"], name="history_by_action")),
        migrations.CreateModel(
            "HistorySeal",
            [
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("first_line", models.BigIntegerField(unique=True)),
                ("last_line", models.BigIntegerField(unique=True)),
                ("count", models.PositiveIntegerField()),
                ("leaves", models.BinaryField()),
                ("root", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "HistoryPersonal",
            [
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="personal",
                        serialize=False,
                        to="motbuoc.historyline",
                    ),
                ),
                ("salt", models.CharField(max_length=64)),
                ("values", models.JSONField()),
            ],
        ),
        migrations.RunPython(seal_old_lines),
        migrations.RunPython(close),
    ]
