"""Fuzzing the reader: every source and the text itself, guided by coverage (atheris), in bounded numbers.

`python -m benchmarks fuzz` runs CASES cases in two processes and prints how many ran, how many raised anything but
`Refused`, and the slowest. What raised is kept in `var/fuzz/` with its traceback. Programs outside (LibreOffice,
Tesseract) are not called: they are not ours to fuzz.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.line import SMALL, at_least, at_most

CASES = 2_000 if SMALL else 200_000
PROCESSES = 2
FOUND = Path("var/fuzz")
LONGEST = 4_096  # bytes of a case
TOKENS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "Số: 12/KH-UBND",
    "Số 5-CV/ĐUK",
    "ngày 05 tháng 01 năm 2024",
    "KẾ HOẠCH",
    "Kính gửi:",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;",
    "các Chỉ thị 05, 06",
    "điểm a khoản 2 Điều 103",
    "Chương I",
    "Điều 1.",
    "1. Giao Sở Tài chính chủ trì, phối hợp với",
    "trước ngày 30/02/2025",
    "trong thời hạn 10 ngày làm việc kể từ ngày",
    "định kỳ hằng quý",
    "Nơi nhận:",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "SAO Y",
    "Phụ lục I",
    "Người ký:",
    "<w:p><w:r><w:t>",
    "<w:tbl><w:tr><w:tc>",
    "</text:p><text:p>",
    "\\u7841?",
    "| --- |",
    "“",
    "\n\n",
)


def main() -> None:
    """Run the cases and print three lines."""
    FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        reports = [Path(folder, f"{number}.json") for number in range(PROCESSES)]
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.fuzz", str(CASES // PROCESSES), str(number + 1), str(report)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PATH": "/nonexistent"},
            )
            for number, report in enumerate(reports)
        ]
        for process in running:
            process.wait()
        told = [json.loads(report.read_text()) for report in reports if report.exists()]
    at_least("fuzz: cases", sum(each["cases"] for each in told), CASES)
    at_most("fuzz: cases that raised anything but Refused", sum(each["raised"] for each in told), 0)
    at_most("fuzz: slowest case, seconds", max((each["slowest"] for each in told), default=0), 2)


class Target:
    """One case after the other: the first byte chooses what the rest is taken for."""

    def __init__(self, cases: int, report: Path) -> None:
        import vanban
        from vanban.exchange import unpack
        from vanban.markdown import DraftError, draft_of

        self.cases, self.report = cases, report
        self.done, self.raised, self.slowest = 0, 0, 0.0
        self.refusals = (vanban.Refused, DraftError)
        self.folder = tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self.ways: list[Callable[[bytes], object]] = [
            lambda data: vanban.parse(data.decode(errors="replace")),
            lambda data: vanban.parse(data.decode(errors="replace")),
            lambda data: vanban.find_citations(data.decode(errors="replace")),
            lambda data: self.read(data, ".txt"),
            lambda data: self.read(word_file(data), ".docx"),
            lambda data: self.read(open_document(data), ".odt"),
            lambda data: self.read(b"<html><body>" + data, ".html"),
            lambda data: self.read(b"{\\rtf1" + data, ".rtf"),
            lambda data: self.read(data, ".pdf"),
            lambda data: self.read(data, ""),
            unpack,
            lambda data: draft_of(data.decode(errors="replace")),
        ]

    def read(self, data: bytes, ending: str) -> object:
        """Read the bytes as a file of that name."""
        import vanban

        path = Path(self.folder, f"case{ending}")
        path.write_bytes(data)
        return vanban.read(path)

    def __call__(self, data: bytes) -> None:
        """Run one case, keep what raised, and end the process after the last."""
        way = self.ways[data[0] % len(self.ways)] if data else self.ways[0]
        start = perf_counter()
        try:
            way(data[1:])
        except self.refusals:
            pass
        except Exception:
            self.raised += 1
            self.keep(data, traceback.format_exc())
        took = perf_counter() - start
        if took > max(self.slowest, 1):
            self.keep(data, f"{took:.1f} s\n")
        self.slowest = max(self.slowest, took)
        self.done += 1
        if self.done >= self.cases:
            told = {"cases": self.done, "raised": self.raised, "slowest": self.slowest}
            self.report.write_text(json.dumps(told))
            os._exit(0)

    def keep(self, data: bytes, words: str) -> None:
        """Keep the case and what is said about it, the first hundred of them."""
        if self.raised <= 100:
            name = FOUND / f"{os.getpid()}-{self.done}"
            name.with_suffix(".case").write_bytes(data)
            name.with_suffix(".txt").write_text(words)


def word_file(body: bytes) -> bytes:
    """The bytes as the body of a .docx."""
    opening = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return _packed("word/document.xml", opening + body + b"</w:body></w:document>")


def open_document(body: bytes) -> bytes:
    """The bytes as the body of an .odt."""
    opening = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
    )
    return _packed("content.xml", opening + body + b"</office:text></office:body></office:document-content>")


def _packed(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        if name == "content.xml":
            package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(name, content)
    return stream.getvalue()


def seeds() -> Iterator[bytes]:
    """Cases to begin with: our own papers in each of the ways."""
    from benchmarks.papers import long_directive, long_law

    text = long_directive(1).encode()[:LONGEST]
    law = long_law(1).encode()[:LONGEST]
    lines = b"".join(b"<w:p><w:r><w:t>" + line + b"</w:t></w:r></w:p>" for line in text.splitlines())
    paragraphs = b"".join(b"<text:p>" + line + b"</text:p>" for line in text.splitlines())
    for way, data in enumerate(
        (text, law, text, text, lines, paragraphs, text, b"\\ansi " + text, b"%PDF-1.4\n", text, b"<edXML/>", text)
    ):
        yield bytes([way]) + data[: LONGEST - 1]


def run(cases: int, seed: int, report: Path) -> None:
    """Fuzz in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["vanban"], enable_loader_override=False):
        target = Target(cases, report)
    folder = Path(tempfile.mkdtemp())
    for number, data in enumerate(seeds()):
        (folder / str(number)).write_bytes(data)
    tokens = folder.with_suffix(".dict")
    tokens.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS))
    options = [f"-max_len={LONGEST}", f"-seed={seed}", "-timeout=60", "-rss_limit_mb=4096", f"-dict={tokens}"]
    atheris.Setup([sys.argv[0], *options, str(folder)], target)
    atheris.Fuzz()


def _escaped(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode())


if __name__ == "__main__":
    run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
