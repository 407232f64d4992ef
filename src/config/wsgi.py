"""The application the server runs, and beside it the worker of background jobs where one process does both."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


def _work() -> None:
    """Do jobs until the process ends; a job under way then is lost, and its maker asks again."""
    from django_tasks_db.management.commands.db_worker import Worker  # only where jobs are done

    Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"serve-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


if os.environ.get("MOTBUOC_WORKER") == "true":
    Thread(target=_work, name="jobs", daemon=True).start()
