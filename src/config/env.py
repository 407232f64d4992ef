"""What an installation may set, each from an environment variable `MOTBUOC_…` (docs/guides/settings.md)."""

from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.env_listening import Listening

ROOT = Path(__file__).resolve().parents[2]


class Environment(Listening, BaseSettings):
    """The settings of one installation, with defaults that suit one machine and no service."""

    model_config = SettingsConfigDict(env_prefix="MOTBUOC_")

    data_dir: Path = Field(ROOT / "var", description="where the database and the files are kept")
    database_url: str = Field("", description="postgresql://user:password@host:5432/name; empty means SQLite")
    files_url: str = Field(
        "", description="s3://bucket/prefix?endpoint=https://host&region=name; empty means data_dir/files"
    )
    s3_access_key: str = Field("", description="the access key of files_url; empty means the machine's own")
    s3_secret_key: str = Field("", description="the secret key of files_url; empty means the machine's own")
    backup_passphrase: str = Field("", description="encrypts every backup and opens it again; empty means none")
    secret_key: str = Field("", description="signs sessions; empty means one is made and kept in data_dir")
    allowed_hosts: list[str] = Field(["127.0.0.1", "localhost"], description="host names the server answers to")
    demo: bool = Field(False, description="one-click sign-in as the invented cast; never on real data")
    debug: bool = Field(False, description="Django's debug pages; never where others can reach it")
    https: bool = Field(False, description="behind a proxy that serves HTTPS: secure cookies, strict transport")
    max_upload_mb: int = Field(20, description="largest file accepted, in MB", ge=1, le=200)
    reading_seconds: int = Field(
        60, description="longest time for reading one file and checking its layout, in seconds", ge=1
    )
    import_rows: int = Field(300_000, description="most rows read from one workbook of units and people", ge=1)
    quiet_days: int = Field(
        45, description="a continuous duty without news for so many days is called quiet", ge=1
    )
    issue_at_once: int = Field(
        500,
        description="directives of more assignments are issued in the background, with progress shown",
        ge=0,
    )
    copy_answer_days: int = Field(
        2,
        description="working days in which a unit reads and accepts its copy before it is called unanswered",
        ge=0,
    )
    public_url: str = Field(
        "",
        description="https://… address at which people open this installation; links in messages begin with it",
    )
    gateways_inside: list[str] = Field(
        [], description="host names of gateways inside the network, to which messages may go, also by plain HTTP"
    )
    model_url: str = Field(
        "",
        description="address of a language model that speaks OpenAI's protocol, such as https://host/v1, which "
        "may suggest wording for reports; empty means none is ever asked",
    )
    model_name: str = Field("", description="which model is asked for there; needed with model_url")
    model_key: str = Field("", description="the key that model_url asks for; empty means none")
    model_key_file: Path | None = Field(None, description="a file that holds this key, instead of model_key")
    model_seconds: int = Field(60, description="longest time for one suggestion, in seconds", ge=1, le=600)
    remind_hour: int = Field(
        7, description="from this hour of the day on people are reminded of what is due", ge=0, le=23
    )
    approve_own_draft: bool = Field(
        False, description="whoever drafted an outgoing document may also approve it; for units of one person"
    )
    urging_days: int = Field(
        10, description="days after an urging letter in which an answer counts as having followed it", ge=1
    )
    default_due_days: dict[str, int] = Field(
        {},
        description="by regime, days from being given within which a duty without a date is due, as JSON; none: "
        "it has no date",
    )
    due_soon_days: int = Field(3, description="working days before a due date from which it is called soon", ge=0)
    check_years: int = Field(5, description="every unit is inspected within so many years", ge=1)
    check_rotation_percent: int = Field(
        40, description="percent of a sample's places for units whose turn it is", ge=0, le=100
    )
    check_lot_percent: int = Field(20, description="percent of a sample's places drawn by lot", ge=0, le=100)
    check_prior: float = Field(
        5, description="so many usual tasks weigh against a unit's share of late, returned or quiet ones", gt=0
    )
    check_comment_days: int = Field(
        10, description="working days a unit has to comment on a draft conclusion", ge=1
    )
    outlook_hour: int = Field(
        1, description="from this full hour of the day on its forecasts are worked out, once", ge=0, le=23
    )
    outlook_lead_days: int = Field(
        45, description="so many days before its due day a task is forecast, and shown where help may be due", ge=1
    )
    outlook_prior: float = Field(
        10,
        description="so many tasks the base rate counts for at least beside the past of a unit or an item",
        gt=0,
    )
    outlook_least: int = Field(
        100, description="so many outcomes known and forecasts judged before any forecast is shown", ge=1
    )
    outlook_above: float = Field(
        1.1, description="help is proposed where a task is so many times as likely late as most", gt=0
    )
    projection_least: dict[str, int] = Field(
        {"week": 26, "month": 18, "quarter": 12, "half_year": 10},
        description="by cycle, periods with a figure before a year is projected, as JSON",
    )
    projection_level: int = Field(
        80, description="percent of the intervals of projections that shall hold what comes", ge=50, le=99
    )
    projection_margin: int = Field(
        10, description="percent by which a projection must be nearer than the naive forecast", ge=0, le=99
    )
    projection_gaps: int = Field(
        20, description="percent of a series' periods that may lack units before nothing is projected", ge=0, le=90
    )
    jump_past: int = Field(6, description="earlier figures of a unit before one can be called a jump", ge=4)
    jump_times: float = Field(
        4, description="so many usual spreads from the usual figure before one is called a jump", gt=0
    )
    small_figure: int = Field(
        5, description="no smaller figure is projected, and no smaller change is called a jump", ge=1
    )
    history_seal_lines: int = Field(
        1000, description="at most so many lines of the history under one seal", ge=1, le=100_000
    )
    history_personal_days: dict[str, int] = Field(
        {}, description="days that personal values in the history are kept, by kind of object; others: for good"
    )
    password_min_length: int = Field(10, description="fewest characters of a password", ge=8, le=64)
    second_factor_required: bool = Field(
        True, description="who issues directives or administers must have a second factor; never asked in the demo"
    )
    mail_url: str = Field(
        "", description="smtp://, smtp+tls:// or smtps://user:password@host:port; empty means no mail is sent"
    )
    reply_address: str = Field(
        "",
        description="an address whose mail, with a tag after a +, reaches motbuoc receive-mail; "
        "empty means that nobody can answer reminders by mail",
    )
    reply_mailbox: str = Field(
        "",
        description="imaps:// or imap+tls://user:password@host:port/folder, where the mail for reply_address "
        "lies; empty means that no mailbox is looked into",
    )
    mail_from: str = Field("", description="the address mail comes from; needed with mail_url")
    oidc_issuer: str = Field("", description="address of the organisation's own identity service (OpenID Connect)")
    oidc_client_id: str = Field("", description="the name this installation has there; needed with oidc_issuer")
    oidc_secret: str = Field("", description="the secret that goes with it")
    oidc_label: str = Field("", description="what the button on the sign-in page calls the service")

    @model_validator(mode="after")
    def _pairs(self) -> Self:
        if self.mail_url and not self.mail_from:
            raise ValueError("MOTBUOC_MAIL_URL needs MOTBUOC_MAIL_FROM")
        if self.reply_mailbox and not self.reply_address:
            raise ValueError("MOTBUOC_REPLY_MAILBOX needs MOTBUOC_REPLY_ADDRESS")
        if self.model_url and not self.model_name:
            raise ValueError("MOTBUOC_MODEL_URL needs MOTBUOC_MODEL_NAME")
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("MOTBUOC_OIDC_ISSUER needs MOTBUOC_OIDC_CLIENT_ID")
        issuer = urlsplit(self.oidc_issuer)
        if issuer.scheme != "https" and issuer.hostname not in (None, "127.0.0.1", "localhost"):
            raise ValueError("MOTBUOC_OIDC_ISSUER must begin with https://: who is who is not told in the clear")
        return self

    def secret(self) -> str:
        """The signing key: the one set, or the one kept in `data_dir`, made on the first call."""
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / "secret_key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(token_urlsafe(48))
        return path.read_text().strip()

    def database(self) -> dict[str, object]:
        """The Django database settings: SQLite in `data_dir`, or what `database_url` says.

        SQLite runs in WAL with immediate transactions: deferred ones fail at once with "database is locked"
        when two processes upgrade a read to a write, whatever the busy timeout (measured, decision 0003).
        PostgreSQL compiles no queries: of a list over a million tasks it thought it worth while, and took a second
        and a half for what it then read in a tenth.
        """
        if not self.database_url:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": self.data_dir / "motbuoc.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
                },
            }
        url = urlsplit(self.database_url)
        if url.scheme not in ("postgres", "postgresql"):
            raise ValueError("MOTBUOC_DATABASE_URL must begin with postgresql:// (or be empty for SQLite)")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"options": "-c jit=off"},
        }

    def files(self) -> dict[str, object]:
        """The Django storage of kept files: a folder in `data_dir`, or the object store that `files_url` names."""
        if not self.files_url:
            # Not under the static files and not routed: a file leaves only by a page that asks the policy.
            folder = {"location": self.data_dir / "files", "base_url": None, "file_permissions_mode": 0o600}
            return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
        url = urlsplit(self.files_url)
        asked = dict(parse_qsl(url.query, strict_parsing=True)) if url.query else {}
        if url.scheme != "s3" or not url.netloc or set(asked) - {"endpoint", "region"}:
            raise ValueError("MOTBUOC_FILES_URL must be s3://bucket/prefix?endpoint=…&region=… (or be empty)")
        if not find_spec("storages"):
            raise ValueError("MOTBUOC_FILES_URL names an object store: install the extra s3 (motbuoc[s3])")
        options = {
            "bucket_name": url.netloc,
            "location": url.path.strip("/"),
            "endpoint_url": asked.get("endpoint"),
            "region_name": asked.get("region"),
            "access_key": self.s3_access_key or None,
            "secret_key": self.s3_secret_key or None,
        }
        return {"BACKEND": "motbuoc.foundation.files.object_store.ObjectStore", "OPTIONS": options}

    def mail(self) -> dict[str, object]:
        """Django's settings of the mail server that `mail_url` names; without one nothing is ever sent.

        `smtp+tls` starts plain and turns to TLS (port 587), `smtps` is TLS from the first byte (port 465), `smtp`
        is not encrypted and only for a relay on the same machine (port 25).
        """
        if not self.mail_url:
            return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
        url = urlsplit(self.mail_url)
        ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
        if url.scheme not in ports:
            raise ValueError("MOTBUOC_MAIL_URL must begin with smtp://, smtp+tls:// or smtps://")
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname or "localhost",
            "EMAIL_PORT": url.port or ports[url.scheme],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_TLS": url.scheme == "smtp+tls",
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_TIMEOUT": 20,
            "DEFAULT_FROM_EMAIL": self.mail_from,
        }

    def mailbox(self) -> dict[str, Any] | None:
        """Where answers to reminders are fetched from, if anywhere.

        `imaps` is TLS from the first byte (port 993), `imap+tls` starts plain and turns to TLS (port 143); without
        TLS nothing is fetched. The folder is INBOX where none is named.
        """
        if not self.reply_mailbox:
            return None
        url = urlsplit(self.reply_mailbox)
        ports = {"imaps": 993, "imap+tls": 143}
        if url.scheme not in ports or not url.username or not url.hostname:
            raise ValueError("MOTBUOC_REPLY_MAILBOX must be imaps:// or imap+tls://user:password@host")
        folder = unquote(url.path.lstrip("/")) or "INBOX"
        if not folder.isascii() or '"' in folder or "\\" in folder:
            raise ValueError("MOTBUOC_REPLY_MAILBOX: name a folder in plain letters")
        return {
            "host": url.hostname,
            "port": url.port or ports[url.scheme],
            "user": unquote(url.username),
            "password": unquote(url.password or ""),
            "folder": folder,
            "tls_at_once": url.scheme == "imaps",
        }

    def language_model(self) -> dict[str, Any] | None:
        """The language model that may be asked, if any; by plain HTTP only here or on a host named inside."""
        if not self.model_url:
            return None
        url = urlsplit(self.model_url)
        is_near = url.hostname in ("127.0.0.1", "localhost", *self.gateways_inside)
        if not url.hostname or url.username or url.scheme not in (("http", "https") if is_near else ("https",)):
            raise ValueError(
                "MOTBUOC_MODEL_URL must begin with https://, or name a host in MOTBUOC_GATEWAYS_INSIDE: what is "
                "sent is not told in the clear"
            )
        key = self.model_key_file.read_text().strip() if self.model_key_file else self.model_key
        named = {"url": self.model_url, "name": self.model_name, "seconds": self.model_seconds}
        return named | {"key": key}

    def links_begin(self) -> str:
        """How links in messages begin: `public_url`, or the first of the allowed hosts."""
        host = self.allowed_hosts[0] if self.allowed_hosts else "localhost"
        return self.public_url.rstrip("/") or f"{'https' if self.https else 'http'}://{host}"

    def identity_services(self) -> list[dict[str, object]]:
        """The organisation's identity service as django-allauth wants it: none or one."""
        if not self.oidc_issuer:
            return []
        return [
            {
                "provider_id": "co-quan",
                "name": self.oidc_label or urlsplit(self.oidc_issuer).hostname,
                "client_id": self.oidc_client_id,
                "secret": self.oidc_secret,
                "settings": {"server_url": self.oidc_issuer.rstrip("/")},
            }
        ]


ENV = Environment()
