"""The app as Django knows it."""

from django.apps import AppConfig


class MotBuocConfig(AppConfig):
    """Một Bước."""

    name = "motbuoc"
    verbose_name = "Một Bước"
