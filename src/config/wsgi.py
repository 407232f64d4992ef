"""The application the server runs, and beside it the worker of background jobs where one process does both."""

import logging
import os
import time
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


def _work() -> None:
    """Do jobs until the process ends; a job under way then is lost, and its maker asks again."""
    from django_tasks_db.management.commands.db_worker import Worker  # only where jobs are done

    from motbuoc.interfaces.jobs.issuing import pick_up_issuing

    pick_up_issuing()
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


SEAL_EVERY = 60  # seconds


def _tend() -> None:
    """Seal what was written to the history, and hand over what temporary bodies left whose last day has come, once
    a minute until the process ends."""
    from django.db import close_old_connections  # only where jobs are done

    from motbuoc.foundation.history.sealing import seal_lines
    from motbuoc.foundation.reorganisation.due import end_due_bodies

    while True:
        time.sleep(SEAL_EVERY)
        try:
            end_due_bodies()
            seal_lines()
        except Exception:  # a database away for a moment must not end it; a missing line is said every minute
            logging.getLogger(__name__).exception("the history was not sealed")
        finally:
            close_old_connections()


def _urge() -> None:
    """Once a minute find what is due, and send what waits, until the process ends."""
    from django.db import close_old_connections  # only where jobs are done

    from motbuoc.interfaces.jobs.urging import urge

    while True:
        time.sleep(SEAL_EVERY)
        try:
            urge()
        except Exception:  # a database away for a moment must not end it; whatever is due stays so
            logging.getLogger(__name__).exception("people were not reminded")
        finally:
            close_old_connections()


if os.environ.get("MOTBUOC_WORKER") == "true":
    Thread(target=_urge, name="urging", daemon=True).start()
    Thread(target=_tend, name="tending", daemon=True).start()
    Thread(target=_work, name="jobs", daemon=True).start()
