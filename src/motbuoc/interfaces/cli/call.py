"""`motbuoc call --by NAME OPERATION name=value …`: everything that programs can ask, from the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motbuoc.interfaces.api.calling import Operation, call, operations
from motbuoc.interfaces.cli.workbook import person_called


class Command(BaseCommand):
    """Call an operation of the programming interface; without one, list them."""

    help = (
        "Call an operation of the programming interface in somebody's name; without --by say what it takes; "
        "without an operation list them all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which operation, as whom, with what."""
        parser.add_argument("operation", nargs="?", help="its name, as in the list")
        parser.add_argument(
            "values", nargs="*", metavar="name=value", help="what it takes; name=@file sends a file"
        )
        parser.add_argument("--by", help="sign-in name of the person in whose name it is called")
        parser.add_argument("--out", type=Path, help="where to write a file that is answered")

    def handle(self, **options: Any) -> None:
        """Call it and print the answer."""
        known = operations()
        if options["operation"] is None:
            self.stdout.write(_listed(known.values()))
            return
        operation = known.get(options["operation"])
        if operation is None:
            raise CommandError(f"There is no operation {options['operation']}. `motbuoc call` lists them all.")
        if not options["by"]:
            if options["values"]:
                raise CommandError("Say in whose name, such as --by ha.nguyen.")
            self.stdout.write(_explained(operation))
            return
        self._answer(operation, options)

    def _answer(self, operation: Operation, options: dict[str, Any]) -> None:
        values, files = _given(operation, options["values"])
        try:
            response: Any = call(person_called(options["by"]), operation, values, files)
        except KeyError as missing:
            raise CommandError(f"{operation.name} needs {missing.args[0]}=…") from None
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if response.streaming:
            response.file_to_stream.close()
        if response.status_code >= 400:
            raise CommandError(_sentence(content, response.status_code))
        if not response["Content-Type"].startswith("application/json"):
            if options["out"] is None:
                raise CommandError("The answer is a file: say where to write it with --out FILE.")
            options["out"].write_bytes(content)
            self.stdout.write(f"Written: {options['out']}")
            return
        self.stdout.write(json.dumps(json.loads(content), ensure_ascii=False, indent=2))


def _listed(known: Iterable[Operation]) -> str:
    lines = ["What can be asked, by what it is about; `motbuoc call NAME` says what one of them takes."]
    for group, several in groupby(known, lambda one: one.group):
        lines += ["", group]
        lines += [f"  {one.name:28} {one.summary}" for one in several]
    return "\n".join(lines)


def _explained(operation: Operation) -> str:
    lines = [f"{operation.name}: {operation.summary}", "", *operation.description.splitlines(), ""]
    for name in operation.takes:
        must = "" if name in operation.required else "  (may be left out)"
        lines.append(f"  {name}={operation.words_of(name)}{must}")
    return "\n".join(
        [*lines, "", f"motbuoc call --by NAME {operation.name} …    {operation.method} {operation.path}"]
    )


def _given(operation: Operation, pairs: list[str]) -> tuple[dict[str, str | list[str]], dict[str, list[Path]]]:
    values: dict[str, str | list[str]] = {}
    files: dict[str, list[Path]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in operation.takes:
            raise CommandError(
                f"{operation.name} takes {', '.join(operation.takes) or 'nothing'}, each as name=value."
            )
        if value.startswith("@"):
            path = Path(value[1:])
            if not path.is_file():
                raise CommandError(f"There is no file {path}.")
            files.setdefault(name, []).append(path)
        elif name in values:
            before = values[name]
            values[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            values[name] = value
    return values, files


def _sentence(content: bytes, status: int) -> str:
    detail = json.loads(content).get("detail", "")
    if isinstance(detail, list):  # what was sent is not what the operation takes
        return "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in detail)
    return f"{detail} ({status})"
