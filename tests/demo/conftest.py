"""A very small invented province, loaded once for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from demo.load import load
from motbuoc.domains.work.models import Assignment

UNTIL = date(2026, 11, 23)
SCALE = 0.1  # the smallest with two base cells to be merged


@pytest.fixture(scope="session")
def loaded_demo() -> Callable[..., list[str]]:
    """Load a demo and tell what is in it; to be undone by whoever asked."""

    def load_and_tell(seed: int, scale: float = SCALE) -> list[str]:
        load(seed=seed, scale=scale, until=UNTIL, say=lambda _line: None)
        return told()

    return load_and_tell


@pytest.fixture(scope="module")
def demo_files(tmp_path_factory) -> Path:
    """Where the demo's files are kept."""
    return tmp_path_factory.mktemp("files")


def storages(folder: Path) -> dict[str, Any]:
    """Settings by which files are kept in `folder`."""
    return {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="module")
def demo(
    django_db_setup, django_db_blocker, demo_files: Path, loaded_demo: Callable[..., list[str]]
) -> Iterator[list[str]]:
    """The demo of seed 7; rolled back after the module's last test."""
    fast = override_settings(
        STORAGES=storages(demo_files), PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    )
    with django_db_blocker.unblock(), fast, transaction.atomic():
        yield loaded_demo(seed=7)
        transaction.set_rollback(True)


def told() -> list[str]:
    """The essential tables as lines without any key of a row: what two equal loads have in common."""
    rows = Assignment.objects.select_related("provision", "duty").prefetch_related(
        "entries", "unit__versions", "given_to__versions"
    )
    return sorted(
        "|".join(
            [
                row.given_to.versions.all()[0].code,
                row.unit.versions.all()[0].code,
                row.provision.number if row.provision else "",
                row.duty.text[:30],
                row.state,
                str(row.due_on),
                *(f"{entry.written_at.isoformat()} {entry.step} {entry.text}" for entry in row.entries.all()),
            ]
        )
        for row in rows
    )
