"""The app as Django knows it."""

from django.apps import AppConfig


class MotBuocConfig(AppConfig):
    """Một Bước."""

    name = "motbuoc"
    verbose_name = "Một Bước"

    def ready(self) -> None:
        """Let every practice declare what it holds for a unit."""
        import motbuoc.domains.documents.holdings  # tables can be imported only now
        import motbuoc.domains.work.holdings  # noqa: F401 - likewise
