"""Programs with tokens."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.api_tokens import make_token
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person


def token(person: Person, *scopes: str, days: int = 30) -> str:
    return make_token(actor=person, name="thử", scopes=scopes, expires_on=clock.today() + timedelta(days=days)).key


class Program:
    """A program of a person, with a token for the scopes, or for everything; its answers are JSON."""

    def __init__(self, person: Person, *scopes: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {token(person, *(scopes or SCOPES))}"})

    def ask(self, path: str, status: int = 200, **query: object):
        answer = self.client.get(f"/api/v1/{path}", query)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def send(self, path: str, status: int = 200, **body: object):
        """A body of JSON."""
        answer = self.client.post(f"/api/v1/{path}", body, content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def fill(self, path: str, status: int = 200, **form: object):
        """A form, with files."""
        answer = self.client.post(f"/api/v1/{path}", form)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def file(self, path: str) -> bytes:
        answer = self.client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        return b"".join(answer.streaming_content)
