"""The neighbourhood, made once for the tests of a file, in one transaction that is undone at its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.conftest import quick_and_apart
from tests.house.neighbourhood import Neighbourhood, make_neighbourhood


@pytest.fixture(scope="module")
def around(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neighbourhood]:
    """The neighbourhood. Every request that a visitor makes there is undone by itself."""
    with (
        override_settings(**quick_and_apart(tmp_path_factory.mktemp("kept")), DEMO=True),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield make_neighbourhood()
        transaction.set_rollback(True)
