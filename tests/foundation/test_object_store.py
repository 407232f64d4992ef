"""Kept files in an object store: evidence goes up and comes down through the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings as now
from django.test import Client
from django.urls import reverse

from config.env import Environment
from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.core.errors import Collision
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from tests.factories import Cast, make_directive, picture, step_on
from tests.object_store import ACCESS_KEY, SECRET_KEY, RunningStore, running_store


@pytest.fixture
def store(settings) -> Iterator[RunningStore]:
    """An object store, set as an installation would set it."""
    with running_store() as store:
        environment = Environment(files_url=store.files_url, s3_access_key=ACCESS_KEY, s3_secret_key=SECRET_KEY)
        settings.STORAGES = {**now.STORAGES, "default": environment.files()}
        yield store


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def test_evidence_goes_up_and_comes_down_through_the_pages(store: RunningStore, cast: Cast) -> None:
    make_directive(cast)
    assignment = step_on(
        Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED), "acknowledge", cast.secretary
    )
    sent = {"step": "progress", "version": assignment.version, "text": "Có ảnh", "evidence": picture()}
    assert (
        signed_in(cast.secretary).post(reverse("assignment_detail", args=[assignment.pk]), sent).status_code == 302
    )
    evidence = Entry.objects.latest("pk").evidence.get()
    assert f"mot/buoc/{evidence.file.content.name}" in store.names()
    url = reverse("evidence_file", args=[evidence.pk])
    assert signed_in(cast.inspector).get(url).getvalue() == picture().read()
    assert signed_in(cast.stranger).get(url).status_code == 404


def test_an_object_is_private_and_has_no_address(store: RunningStore, cast: Cast) -> None:
    make_directive(cast)
    stored = StoredFile.objects.get()
    with pytest.raises(ValueError, match="no addresses"):
        _ = stored.content.url
    grants = store.client.get_object_acl(Bucket=store.bucket, Key=f"mot/buoc/{stored.content.name}")["Grants"]
    assert [grant["Grantee"].get("URI") for grant in grants] == [None]


def test_what_was_not_written_leaves_no_object(store: RunningStore, cast: Cast) -> None:
    make_directive(cast)
    before = store.names()
    assignment = Assignment.objects.filter(unit=cast.unit_a).first()
    with pytest.raises(Collision):
        take_step(
            actor=cast.secretary,
            assignment=assignment,
            version=assignment.version + 1,
            name="acknowledge",
            files=[picture()],
        )
    assert store.names() == before


@pytest.mark.parametrize("url", ["http://x/y", "s3:///y", "s3://giay-to/?colour=red", "s3://giay-to/?endpoint"])
def test_a_wrong_address_is_refused_when_the_settings_are_read(url: str) -> None:
    with pytest.raises(ValueError, match=r"s3://bucket/prefix|bad query field"):
        Environment(files_url=url).files()
