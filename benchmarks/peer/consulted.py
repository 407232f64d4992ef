"""`python -m benchmarks.peer.consulted COMMENTS`: a draft with so many comments, its pages asked for, timed."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests.factories import make_cast

from benchmarks.line import seconds
from motbuoc.domains.consultation.models import Comment, Consultation, ConsultedProvision
from motbuoc.domains.consultation.services import Plan, add_draft, make_consultation, take_consultation_step
from motbuoc.foundation.core import clock

ARTICLES, ROUNDS, FEW = 600, 10, 1_000
INSERT = """
INSERT INTO motbuoc_comment (consultation_id, provision_id, quoted, text, given_on, receipt)
WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < %s)
SELECT %s, %s + n %% %s, '', 'Đề nghị rút ngắn thời hạn trả lời, lần thứ ' || n, %s, %s || n FROM counted
"""
BARE = "SELECT provision_id, count(*) FROM motbuoc_comment WHERE consultation_id = %s GROUP BY provision_id"


def main() -> None:
    """Print what was timed, in seconds."""
    size = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS, settings.SECOND_FACTOR_REQUIRED = ["testserver"], False
    cast = make_cast()
    large, small = _made(cast, size), _made(cast, FEW)
    client = Client()
    client.force_login(cast.officer.account)
    deep = _path(large) + f"?sau={_middle_of(large)}"
    found = {
        "page": seconds(lambda: _asked(client, f"/gop-y/{large.pk}/"), ROUNDS),
        "bare": seconds(lambda: _bare(large), ROUNDS),
        "first": seconds(lambda: _asked(client, _path(large)), ROUNDS),
        "list": seconds(lambda: _asked(client, deep), ROUNDS),
        "small": seconds(lambda: _asked(client, _path(small)), ROUNDS),
    }
    print(json.dumps(found))


def _made(cast: Any, size: int) -> Consultation:
    """A draft of 600 articles with so many comments, every other one on its first article."""
    today = clock.today()
    plan = Plan("Đo", today, today, is_public=True)
    made = make_consultation(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan)
    text = "QUY CHẾ\nĐo\n\n" + "\n\n".join(
        f"Điều {n}. Nội dung\nMột câu của điều {n}." for n in range(1, ARTICLES + 1)
    )
    upload = SimpleUploadedFile("do.txt", text.encode())
    add_draft(actor=cast.officer, consultation=made, version=1, upload=upload)
    opened = take_consultation_step(actor=cast.officer, consultation=made, version=2, name="open_consultation")
    first = _article(made)
    with connection.cursor() as cursor:
        for number, spread in ((size // 2, ARTICLES), (size - size // 2, 1)):
            key = f"{made.pk}:{spread}:"
            cursor.execute(INSERT, [number, made.pk, first.pk, spread, today, key])
    return opened


def _article(made: Consultation) -> ConsultedProvision:
    return ConsultedProvision.objects.get(draft__consultation=made, label="Điều 1")


def _path(made: Consultation) -> str:
    return f"/gop-y/{made.pk}/y-kien/{_article(made).number}/"


def _middle_of(made: Consultation) -> int:
    rows = Comment.objects.filter(consultation=made, provision=_article(made)).order_by("pk")
    return rows.values_list("pk", flat=True)[rows.count() // 2]


def _asked(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code


def _bare(made: Consultation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [made.pk])
        cursor.fetchall()


if __name__ == "__main__":
    main()
