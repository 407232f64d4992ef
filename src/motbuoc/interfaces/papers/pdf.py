"""A Word file as PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import shutil

from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from vanban.refusal import Limits
from vanban.sources.office import PDF, converted

SECONDS = 60


def require_office() -> str:
    """The path of LibreOffice.

    Raises:
        Refusal: it is not installed here.
    """
    office = shutil.which("soffice")
    if office is None:
        raise Refusal(_("LibreOffice, which makes PDF files, is not installed here. Take the Word file."))
    return office


def pdf_of(word_file: bytes) -> bytes:
    """The same pages as PDF.

    Raises:
        Refusal: LibreOffice is not installed here, or makes nothing of it in time.
    """
    office = require_office()
    try:
        made = converted(office, word_file, "docx", PDF, Limits(), SECONDS)
    except TimeoutError:
        made = None
    if made is None:
        raise Refusal(_("The PDF file could not be made. Take the Word file."))
    return made
