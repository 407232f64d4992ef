"""What every test may use: the cast, a directive, the real documents."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.template import Context, RequestContext, Template
from django.test import TransactionTestCase
from django.test.utils import instrumented_test_render
from hypothesis import settings as search
from pytest_socket import socket_allow_hosts

from tests.factories import Cast, copy_cast
from tests.migrated import made_once

SHARED = Path(__file__).parents[2] / "shared"

# The same examples on every machine, so that a change is told from luck; `EXPLORE=1 make test` looks for new ones.
search.register_profile("steady", derandomize=True, deadline=None)
search.register_profile("explore", deadline=None, print_blob=True)
search.load_profile("explore" if os.environ.get("EXPLORE") else "steady")


DATABASE = {"db", "transactional_db", "django_db_setup", "new_installation", "pattern"}
"""What a test asks for that touches the database, besides the mark."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--with-database`, for the second database: what touches none was proved on the first."""
    parser.addoption("--with-database", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what touches no database, if so asked."""
    if not config.getoption("with_database"):
        return
    left = [item for item in items if not _touches_the_database(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if _touches_the_database(item)]


def _touches_the_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    is_django_case = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return bool(is_django_case or item.get_closest_marker("django_db") or asked & DATABASE)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded and collected stays to the end: looking there for garbage took a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The network is closed: only this machine may be talked to."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def _told_once(template: Template, context: Context) -> str:
    """Draw a template, and tell the test's client (`response.context`) of whole pages only."""
    if isinstance(context, RequestContext) and context.template is template:
        return instrumented_test_render(template, context)
    return template.nodelist.render(context)


@pytest.fixture(scope="session", autouse=True)
def _pages_are_told_once(django_test_environment):
    """Copying all that is known to each part and widget of a page took a third of the time of a long form."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _told_once)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> Iterator[ExitStack]:
    """What stands around the setting up of the test database."""
    with ExitStack() as around:
        around.enter_context(made_once())
        yield around


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings: ExitStack, django_db_setup, django_db_blocker) -> None:
    """The test database, with all migrations; they are run once for all workers and runs, not in each."""
    with django_db_blocker.unblock():
        django_db_modify_db_settings.close()


def quick_and_apart(folder: Path) -> dict[str, Any]:
    """Settings for tests: files go to `folder`; passwords are hashed fast; jobs run at once."""
    return {
        "STORAGES": {
            **django_settings.STORAGES,
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": folder / "files", "base_url": None},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "STATIC_ROOT": folder,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
        "REST_SECONDS": 0,  # nobody waits but in tests of the guard
        "SECOND_FACTOR_REQUIRED": False,  # but where a test is about it
    }


@pytest.fixture(autouse=True)
def _own_files(request, settings, tmp_path):
    """Files kept by a test go to a folder of its own, but for those of a neighbourhood that tests share."""
    if "around" in request.fixturenames:
        return
    for name, value in quick_and_apart(tmp_path).items():
        setattr(settings, name, value)


@pytest.fixture
def cast(db) -> Cast:
    """One small bloc and everybody who acts in it."""
    return copy_cast()


@pytest.fixture
def shared() -> Path:
    """The folder of real documents beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real documents (../shared) is missing")
    return SHARED
