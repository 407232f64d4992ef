"""The application the server runs, and beside it the worker of background jobs where one process does both."""

import logging
import os
import time
from collections.abc import Callable
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


def _every_minute(work: Callable[[], object], failed: str) -> None:
    """Do it until the process ends; what could not be done is logged as `failed`, and tried again."""
    from django.db import close_old_connections  # only where jobs are done

    while True:
        time.sleep(SEAL_EVERY)
        try:
            work()
        except Exception:  # a database away for a moment must not end it
            logging.getLogger(__name__).exception(failed)
        finally:
            close_old_connections()


def _tend() -> None:
    """Seal what was written to the history, and hand over what temporary bodies left whose last day has come."""
    from motbuoc.foundation.history.sealing import seal_lines  # only where jobs are done
    from motbuoc.foundation.reorganisation.due import end_due_bodies

    def tend() -> None:
        end_due_bodies()
        seal_lines()

    _every_minute(tend, "the history was not sealed")


def _urge() -> None:
    """Find what is due, and send what waits."""
    from motbuoc.interfaces.jobs.urging import urge  # only where jobs are done

    _every_minute(urge, "people were not reminded")


def _sum() -> None:
    """Add up ahead what was accepted since, so that pages of figures need not."""
    from motbuoc.domains.ledger.summing import sum_what_changed  # only where jobs are done

    _every_minute(sum_what_changed, "figures were not added up ahead")


def _project() -> None:
    """Work out the whole year ahead of what was accepted since, and what is unlike its past."""
    from motbuoc.domains.ledger.projecting import project_what_changed  # only where jobs are done

    _every_minute(project_what_changed, "figures were not worked out ahead")


def _foresee() -> None:
    """Once a night work out who may need help."""
    from motbuoc.interfaces.jobs.foreseeing import foresee  # only where jobs are done

    _every_minute(foresee, "who may need help was not worked out")


def _forget() -> None:
    """Delete what people wrote when its time is over."""
    from motbuoc.interfaces.jobs.forgetting import forget_once_a_day  # only where jobs are done

    _every_minute(forget_once_a_day, "what has had its time was not deleted")


if os.environ.get("MOTBUOC_WORKER") == "true":
    Thread(target=_forget, name="forgetting", daemon=True).start()
    Thread(target=_urge, name="urging", daemon=True).start()
    Thread(target=_sum, name="summing", daemon=True).start()
    Thread(target=_project, name="projecting", daemon=True).start()
    Thread(target=_foresee, name="foreseeing", daemon=True).start()
    Thread(target=_tend, name="tending", daemon=True).start()
    Thread(target=_work, name="jobs", daemon=True).start()
