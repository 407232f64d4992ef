"""What an installation may set, each from an environment variable `MOTBUOC_…` (docs/guides/settings.md)."""

from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """The settings of one installation, with defaults that suit one machine and no service."""

    model_config = SettingsConfigDict(env_prefix="MOTBUOC_")

    data_dir: Path = Field(ROOT / "var", description="where the database and the files are kept")
    database_url: str = Field("", description="postgresql://user:password@host:5432/name; empty means SQLite")
    secret_key: str = Field("", description="signs sessions; empty means one is made and kept in data_dir")
    allowed_hosts: list[str] = Field(["127.0.0.1", "localhost"], description="host names the server answers to")
    demo: bool = Field(False, description="one-click sign-in as the invented cast; never on real data")
    debug: bool = Field(False, description="Django's debug pages; never where others can reach it")
    https: bool = Field(False, description="behind a proxy that serves HTTPS: secure cookies, strict transport")
    max_upload_mb: int = Field(20, description="largest file accepted, in MB", ge=1, le=200)
    reading_seconds: int = Field(
        60, description="longest time for reading one file and checking its layout, in seconds", ge=1
    )
    quiet_days: int = Field(
        45, description="a continuous duty without news for so many days is called quiet", ge=1
    )
    due_soon_days: int = Field(3, description="working days before a due date from which it is called soon", ge=0)
    history_seal_lines: int = Field(
        1000, description="at most so many lines of the history under one seal", ge=1, le=100_000
    )
    history_personal_days: dict[str, int] = Field(
        {}, description="days that personal values in the history are kept, by kind of object; others: for good"
    )

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
        }


ENV = Environment()
