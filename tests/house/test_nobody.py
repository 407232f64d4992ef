"""Who is listened to is nobody: no table of these packages can be joined to a person, or tells when somebody
wrote.

A new table is looked at without being told. Whatever of it refers to a person, looks like the trace of one, or
keeps a moment must stand below with its reason: it can only be about the staff who handle it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

import motbuoc
from motbuoc.foundation.people.models import Account, Person
from motbuoc.foundation.units.models import Unit

PACKAGES = ("listening", "dialogue", "surveys", "consultation")
FREE = ("motbuoc.foundation.units.", "motbuoc.domains.documents.", "motbuoc.foundation.files.")
"""Units, papers and files: tables that are not about persons, to which any of ours may refer."""
TRACES = re.compile(
    r"address|agent|session|(^|_)ip($|_)|device|browser|cookie|finger|user|account|mail|phone|author|writer|sender"
    r"|person|party|name$|birth|token|position"
)
STAFF = {
    "Dialogue.made_by": "the officer who planned it",
    "Confirmation.noted_by": "the officer who noted that a side has signed; not whoever signed",
    "Consultation.made_by": "the officer who began it",
    "ConsultedVersion.added_by": "the officer who brought the file",
    "AskedUnit.replied_by": "who sent a unit's official reply, in the unit's name",
    "CommentGroup.disposed_by": "the officer who answers for what becomes of comments",
    "Question.entered_by": "the clerk who typed in what came on paper; not whoever wrote the paper",
    "Question.answered_by": "the officer who answered",
    "Survey.made_by": "the officer who began it",
    "OpinionBox.made_by": "the officer who opened it",
    "Opinion.entered_by": "the clerk or collaborator who typed it in; not whoever said it",
    "Opinion.answered_by": "the officer who dealt with it",
}
"""Fields that refer to a person: staff, in the course of their office."""
HARMLESS = {
    "CommentGroup.disposition": "what becomes of the comments",
    "Consultation.address": "of its public page: drawn by lot when it is begun",
    "Dialogue.address": "of its public page: drawn by lot when it is planned",
    "DialogueRule.name": "of the rule",
    "Survey.address": "of its public page: drawn by lot when it is begun",
    "Survey.tokens": "codes good for one sheet: a digest and whether it was used, and nothing of which sheet",
    "SurveyQuestion.position": "its place among the questions",
    "OpinionBox.address": "of its public page: drawn by lot when it is opened",
    "OpinionBox.name": "of the box",
    "Theme.name": "of what is spoken of, given by an officer",
}
"""Fields whose name sounds like a trace and which are none."""
MOMENTS: dict[str, str] = {}
"""Fields that keep a moment of what staff did."""
OPAQUE = {
    "AskedUnit.prepared": "what a unit has written of its reply and not sent yet",
    "DialogueRule.kinds": "kinds of units",
    "Survey.languages": "those it is held in",
    "Survey.words": "its own words in them",
    "SurveyQuestion.options": "what can be chosen",
    "SurveyQuestion.rows": "what is rated",
    "SurveyQuestion.targets": "how many are wanted of each group",
    "SurveyQuestion.shown_for": "answers on which it depends",
    "SurveyQuestion.words": "its words in other languages",
    "SurveySheet.sealed": "the answers of one sheet by question, nothing else; destroyed when it is counted",
    "SurveyResult.figures": "counts that may be shown",
    "SurveyResult.crossed": "counts that may be shown",
    "Sealed.content": "a name left for a reply, or words taken off a page: encrypted, opened by listening.privacy",
    "Theme.words": "the words that most texts of it share",
    "ThemeMap.middles": "weights of words over many texts",
}
"""Fields that can hold anything: what is in them."""
POINTS_HERE: dict[str, str] = {}
"""Fields of other packages' tables that refer to one of these."""


def ours() -> list[type[models.Model]]:
    """Every table of the packages, those of many-to-many fields too."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(tuple(f"motbuoc.domains.{name}." for name in PACKAGES))
    ]


def joined_to_people(tables: Iterable[type[models.Model]]) -> Iterator[str]:
    """What in these tables tells of a person, or could."""
    for model in tables:
        for field in model._meta.get_fields():
            name = f"{model.__name__}.{field.name}"
            if field.auto_created and not field.concrete:
                if field.related_model not in ours() and name not in POINTS_HERE:
                    yield f"{name}: a table elsewhere refers to it"
            elif field.is_relation:
                yield from _joined(name, field)
            elif isinstance(field, models.DateTimeField | models.TimeField | models.DurationField):
                if name not in MOMENTS:
                    yield f"{name}: a moment"
            elif isinstance(field, models.GenericIPAddressField | models.UUIDField | models.EmailField):
                yield f"{name}: a trace"
            elif isinstance(field, models.JSONField | models.BinaryField) and name not in OPAQUE:
                yield f"{name}: can hold anything"
            elif TRACES.search(field.name) and name not in HARMLESS:
                yield f"{name}: sounds like a trace"


def _joined(name: str, field: models.Field) -> Iterator[str]:
    to = field.related_model
    if to in (Person, Account):
        if name not in STAFF:
            yield f"{name}: a person"
    elif not isinstance(to, type) or not (to in ours() or to.__module__.startswith(FREE) or name in HARMLESS):
        yield f"{name}: refers to {to}, which may lead to a person"


def test_no_table_leads_to_whoever_was_listened_to() -> None:
    assert len(ours()) > 4
    assert list(joined_to_people(ours())) == []


def test_every_reason_is_of_a_field_that_is_there() -> None:
    there = {f"{model.__name__}.{field.name}" for model in ours() for field in model._meta.get_fields()}
    listed = [*STAFF, *HARMLESS, *MOMENTS, *OPAQUE, *POINTS_HERE]
    assert [name for name in listed if name not in there] == []
    assert len(set(listed)) == len(listed)


@isolate_apps("motbuoc")
def test_the_watch_sees_what_it_is_there_for() -> None:
    class Opinion(models.Model):  # noqa: DJ008
        text = models.TextField()
        unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
        said_on = models.DateField()
        writer = models.ForeignKey(Person, models.PROTECT, related_name="+")
        account = models.OneToOneField(Account, models.PROTECT, related_name="+")
        readers = models.ManyToManyField(Person, related_name="+")
        came_at = models.DateTimeField()
        at_time = models.TimeField()
        ip = models.GenericIPAddressField()
        user_agent = models.TextField()
        session_key = models.CharField(max_length=40)
        person_number = models.IntegerField()
        more = models.JSONField()
        line = models.ForeignKey("motbuoc.HistoryLine", models.PROTECT, related_name="+")

        class Meta:
            app_label = "motbuoc"

    found = {line.split(":")[0].removeprefix("Opinion.") for line in joined_to_people([Opinion])}
    innocent = {"id", "text", "unit", "said_on"}
    assert found == {field.name for field in Opinion._meta.get_fields()} - innocent


def test_the_database_has_no_column_beside_those_of_the_tables(db: None) -> None:
    """Nothing is kept by a column that the code does not know."""
    with connection.cursor() as cursor:
        for model in ours():
            table = model._meta.db_table
            there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            assert there == {field.column for field in model._meta.concrete_fields}


def test_only_one_door_leads_to_an_identity() -> None:
    """What is sealed is read and opened by `listening.privacy` and by nothing else."""
    src = Path(motbuoc.__file__).parent
    door, opened = "motbuoc.domains.listening.sealing", {"motbuoc.domains.listening.sealed": {"Sealed", "Opening"}}
    allowed = {src / "domains/listening/privacy.py"}
    found = []
    for path in src.rglob("*.py"):
        text = path.read_text()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.module == door and path not in allowed:
                found.append(f"{path.name}: imports what unseals")
            if isinstance(node, ast.Import) and any(name.name.startswith((door, *opened)) for name in node.names):
                found.append(f"{path.name}: imports the module whole")
        if re.search(r"\b(Sealed|Opening)\.objects\b|\bunsealed\(", text) and path not in allowed:
            found.append(f"{path.name}: reads what is sealed")
    found.remove("sealing.py: reads what is sealed")  # where it is defined
    assert found == []
