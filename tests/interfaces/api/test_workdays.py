"""Programs read the working calendar."""

from __future__ import annotations

from datetime import timedelta

from motbuoc.foundation.access.models import ApiToken
from motbuoc.foundation.administration.api_tokens import digest_of
from motbuoc.foundation.core import clock
from motbuoc.foundation.workdays.planning import plan_confirmation
from motbuoc.foundation.workdays.services import save_year


def test_a_program_reads_a_year(cast, client) -> None:
    ApiToken.objects.create(
        person=cast.member,
        name="x",
        scopes=["read"],
        digest=digest_of("mb_x"),
        made_at=clock.now(),
        expires_on=clock.today() + timedelta(days=1),
    )
    key = {"HTTP_AUTHORIZATION": "Bearer mb_x"}
    told = client.get("/api/v1/workdays?year=2026", **key).json()
    assert (told["year"], told["is_confirmed"]) == (2026, False)
    worked = {day["day"]: day["is_worked"] for day in told["days"]}
    assert (worked["2026-04-30"], worked["2026-08-22"]) == (False, True)
    save_year(actor=cast.administrator, plan=plan_confirmation(2026, "TB 1"))
    assert client.get("/api/v1/workdays?year=2026", **key).json()["is_confirmed"]
    assert client.get("/api/v1/workdays?year=1", **key).status_code == 422
    assert client.get("/api/v1/workdays").status_code == 401
