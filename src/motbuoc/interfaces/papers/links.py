"""Where an object of the history or of a notice has its page."""

from __future__ import annotations

from django.urls import reverse

PAGES = {
    "assignment": "assignment_detail",
    "dialogue_announcing": "dialogue_detail",
    "dialogue_holding": "dialogue_detail",
    "dialogue_publishing": "dialogue_detail",
    "help_offer": "help_offer",
    "request": "request_detail",
    "question": "question_detail",
    "theme": "theme_detail",
    "asked_unit": "consultation_reply",
}
"""The URL name of the page of each kind of object that notices tell of."""


def path_of(object_type: str, object_id: int) -> str:
    """The path of an object's page."""
    return reverse(PAGES[object_type], args=[object_id])
