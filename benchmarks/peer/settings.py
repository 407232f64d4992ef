"""The product's settings with the reference pages beside its own."""

from pathlib import Path
from typing import Any

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, TEMPLATES
from config.settings import STORAGES as CONFIG_STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "benchmarks.peer.urls"
STORAGES = {
    "default": CONFIG_STORAGES["default"],
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_OPTIONS: Any = TEMPLATES[0]["OPTIONS"]
_DIRS: Any = TEMPLATES[0]["DIRS"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*_DIRS, Path(__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": _OPTIONS
        | {
            "context_processors": [
                *_OPTIONS["context_processors"],
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
