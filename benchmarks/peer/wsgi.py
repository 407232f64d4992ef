"""The application with the reference pages; each answer says how much processor time it took (`SPENT`).

On a machine where other work goes on, the clock says how long a request waited for its turn. What it took of a
processor, with its database (SQLite runs in the same thread, a PostgreSQL server in a process of its own on the
same machine), is what the clock says on an idle one, but for waiting on the disk.
"""

import os
import time
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"
SPENT = "X-Processor-Seconds"
_answer = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Django's answer, with the processor time it took in a header."""
    start, before = time.thread_time(), _of_database()

    def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        spent = time.thread_time() - start
        if before is not None and (after := _of_database()) is not None:
            spent += after - before
        return start_response(status, [*headers, (SPENT, f"{spent:.6f}")], *more)

    return _answer(environ, begin)


def _of_database() -> float | None:
    """Seconds of a processor that the session of a PostgreSQL server here has taken; None where nobody knows."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0.0 if connection.vendor == "sqlite" else None
    try:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return None
    return int(told.split()[0]) / 1e9
