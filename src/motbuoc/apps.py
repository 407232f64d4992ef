"""The app as Django knows it."""

from django.apps import AppConfig


class MotBuocConfig(AppConfig):
    """Một Bước."""

    name = "motbuoc"
    verbose_name = "Một Bước"

    def ready(self) -> None:
        """Let every practice declare what it holds for a unit, and who may see what the history tells of it."""
        from motbuoc.domains.cascade import sights as of_cascade  # noqa: F401 - tables can be imported only now
        from motbuoc.domains.consultation import holdings as of_drafts  # noqa: F401 - likewise
        from motbuoc.domains.consultation import keeping as of_comments  # noqa: F401 - likewise
        from motbuoc.domains.consultation import sights as of_consultations  # noqa: F401 - likewise
        from motbuoc.domains.dialogue import counted as of_dialogues  # noqa: F401 - likewise
        from motbuoc.domains.dialogue import holdings as of_meetings  # noqa: F401 - likewise
        from motbuoc.domains.dialogue import keeping as of_askers  # noqa: F401 - likewise
        from motbuoc.domains.dialogue import reminding as of_answers  # noqa: F401 - likewise
        from motbuoc.domains.dialogue import sights as of_questions  # noqa: F401 - likewise
        from motbuoc.domains.documents import holdings, sights  # noqa: F401 - tables can be imported only now
        from motbuoc.domains.inspections import holdings as of_inspections  # noqa: F401 - likewise
        from motbuoc.domains.inspections import sights as of_visits  # noqa: F401 - likewise
        from motbuoc.domains.ledger import counted_work  # noqa: F401 - likewise
        from motbuoc.domains.ledger import sights as of_ledger  # noqa: F401 - likewise
        from motbuoc.domains.listening import counted as of_opinions  # noqa: F401 - likewise
        from motbuoc.domains.listening import forgetting as of_words  # noqa: F401 - likewise
        from motbuoc.domains.listening import holdings as of_boxes  # noqa: F401 - likewise
        from motbuoc.domains.listening import sights as of_themes  # noqa: F401 - likewise
        from motbuoc.domains.listening.retention import check  # likewise
        from motbuoc.domains.registers import holdings as of_going_out  # noqa: F401 - likewise
        from motbuoc.domains.registers import sights as of_registers  # noqa: F401 - likewise
        from motbuoc.domains.reporting import sights as of_reports  # noqa: F401 - likewise
        from motbuoc.domains.surveys import counted as of_surveys  # noqa: F401 - likewise
        from motbuoc.domains.surveys import holdings as of_sheets  # noqa: F401 - likewise
        from motbuoc.domains.surveys import keeping as of_answerers  # noqa: F401 - likewise
        from motbuoc.domains.surveys import keeping as of_sheets_kept  # noqa: F401 - likewise
        from motbuoc.domains.surveys import sights as of_sheets_seen  # noqa: F401 - likewise
        from motbuoc.domains.work import holdings as of_work  # noqa: F401 - likewise
        from motbuoc.domains.work import reminding, told  # noqa: F401 - likewise
        from motbuoc.domains.work import sights as of_assignments  # noqa: F401 - likewise
        from motbuoc.foundation.notices import forgetting  # noqa: F401 - likewise

        check()
