"""Kept files in an object store: evidence goes up and comes down through the pages."""

from __future__ import annotations

from uuid import uuid4

import boto3
import pytest
from django.conf import settings as now
from django.test import Client
from django.urls import reverse
from moto.server import ThreadedMotoServer

from config.env import Environment
from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.core.errors import Collision
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from tests.factories import Cast, make_directive, picture, step_on


@pytest.fixture
def bucket() -> str:
    return f"giay-to-{uuid4().hex}"


@pytest.fixture
def store(settings, bucket: str):
    """An object store on this machine, set as an installation would set it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="vn-1",
        aws_access_key_id="khoa",
        aws_secret_access_key="bi-mat",
    )
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "vn-1"})
    environment = Environment(
        files_url=f"s3://{bucket}/mot/buoc?endpoint={address}&region=vn-1",
        s3_access_key="khoa",
        s3_secret_key="bi-mat",
    )
    settings.STORAGES = {**now.STORAGES, "default": environment.files()}
    yield client
    client.close()
    server.stop()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def test_evidence_goes_up_and_comes_down_through_the_pages(store, bucket: str, cast: Cast) -> None:
    make_directive(cast)
    assignment = step_on(
        Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED), "acknowledge", cast.secretary
    )
    sent = {"step": "progress", "version": assignment.version, "text": "Có ảnh", "evidence": picture()}
    assert (
        signed_in(cast.secretary).post(reverse("assignment_detail", args=[assignment.pk]), sent).status_code == 302
    )
    evidence = Entry.objects.latest("pk").evidence.get()
    kept = store.list_objects_v2(Bucket=bucket)["Contents"]
    assert f"mot/buoc/{evidence.file.content.name}" in {one["Key"] for one in kept}
    url = reverse("evidence_file", args=[evidence.pk])
    assert signed_in(cast.inspector).get(url).getvalue() == picture().read()
    assert signed_in(cast.stranger).get(url).status_code == 404


def test_an_object_is_private_and_has_no_address(store, bucket: str, cast: Cast) -> None:
    make_directive(cast)
    stored = StoredFile.objects.get()
    with pytest.raises(ValueError, match="no addresses"):
        _ = stored.content.url
    grants = store.get_object_acl(Bucket=bucket, Key=f"mot/buoc/{stored.content.name}")["Grants"]
    assert [grant["Grantee"].get("URI") for grant in grants] == [None]


def test_what_was_not_written_leaves_no_object(store, bucket: str, cast: Cast) -> None:
    make_directive(cast)
    before = store.list_objects_v2(Bucket=bucket)["KeyCount"]
    assignment = Assignment.objects.filter(unit=cast.unit_a).first()
    with pytest.raises(Collision):
        take_step(
            actor=cast.secretary,
            assignment=assignment,
            version=assignment.version + 1,
            name="acknowledge",
            files=[picture()],
        )
    assert store.list_objects_v2(Bucket=bucket)["KeyCount"] == before


@pytest.mark.parametrize("url", ["http://x/y", "s3:///y", "s3://giay-to/?colour=red", "s3://giay-to/?endpoint"])
def test_a_wrong_address_is_refused_when_the_settings_are_read(url: str) -> None:
    with pytest.raises(ValueError, match=r"s3://bucket/prefix|bad query field"):
        Environment(files_url=url).files()
