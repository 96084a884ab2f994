"""What Lotline is told from outside, read from the environment (prefix LOTLINE_).

Nothing else in the project reads the environment. A missing setting has a default fit for
the embedded demo; what a production plant must set is refused here, by name, with the way out.
"""

from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from sql.errors import SettingsIncomplete
from sql.private import secret_in

SECRET_KEY_BYTES = 32
PAIRS_BUDGET = 120_000_000  # 16 bytes each in memory while the closure is built


class Settings(BaseSettings):
    """The settings of one process; made by `settings()`, passed on to whoever needs one."""

    model_config = SettingsConfigDict(env_prefix="LOTLINE_", extra="ignore")

    database_url: str | None = Field(
        default=None, description="PostgreSQL address; unset: embedded PostgreSQL"
    )
    pipeline_database_url: str | None = Field(
        default=None, description="Address for the pipeline's own login; unset: database_url"
    )
    home: Path = Field(
        default=Path(".lotline"), description="Embedded data, warehouse, editions, demo secrets"
    )
    secret_key: str | None = Field(default=None, description="Signs API tokens; 32 bytes or more")
    timezone: str = Field(default="Europe/Budapest", description="The site's zone, for showing")
    entry_back_days: int = Field(
        default=30, ge=1, le=3650, description="How far back people may enter what happened"
    )
    accounted_lowest_percent: float = Field(default=99.5, ge=0, le=100)
    accounted_highest_percent: float = Field(default=101.5, ge=100, le=1000)
    session_idle_minutes: int = Field(default=15, ge=1)
    session_max_hours: int = Field(default=12, ge=1)
    token_minutes: int = Field(default=30, ge=1)
    logins_per_minute: int = Field(default=10, ge=1, description="Per address")
    lots_per_minute: int = Field(default=100, ge=1, description="Per person, over the API")
    decisions_per_minute: int = Field(default=100, ge=1, description="Per person, over the API")
    traces_per_minute: int = Field(default=50, ge=1, description="Per person, over the API")
    other_calls_per_minute: int = Field(default=200, ge=1, description="Per address")
    strangers_per_address: int = Field(
        default=40, ge=1, description="Sockets open to people who haven't signed in"
    )
    strangers_in_all: int = Field(default=200, ge=1, description="The same, from anywhere")
    allowed_hosts: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="Names the app is reached by, comma-separated; *.plant.example for many",
    )
    trusted_proxies: str = Field(
        default="", description="Addresses whose X-Forwarded-For counts, comma-separated"
    )
    anchor_file: Path | None = Field(
        default=None, description="Where the audit anchors go; unset: audit/anchors.jsonl in home"
    )
    closure_pairs_budget: int = Field(
        default=PAIRS_BUDGET, ge=0, description="(ancestor, descendant) pairs an edition may hold"
    )
    code_page: str = Field(default="cp1250", description="Of imported files that don't say theirs")
    import_mb: int = Field(default=100, ge=1, description="Largest file that is let in")
    import_unpacked_mb: int = Field(default=1000, ge=1, description="Largest workbook, unpacked")
    import_rows: int = Field(default=500_000, ge=1, description="Most rows of a sheet")
    editions_kept: int = Field(default=10, ge=1)

    @field_validator("home")
    @classmethod
    def home_is_absolute(cls, home: Path) -> Path:
        """Take the folder as seen from where the process began."""
        return home.expanduser().absolute()

    @field_validator("timezone")
    @classmethod
    def timezone_is_known(cls, name: str) -> str:
        """Refuse a zone that the time zone database doesn't know."""
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError(f"{name!r} is no time zone; write one such as Europe/Budapest") from (
                unknown
            )
        return name

    @field_validator("code_page")
    @classmethod
    def code_page_is_known(cls, name: str) -> str:
        """Refuse a code page that nobody knows, or that is none of text."""
        try:
            "".encode(name)
        except LookupError as unknown:
            raise ValueError(f"{name!r} is no code page; write one such as cp1250") from unknown
        return name

    @property
    def anchors(self) -> Path:
        """Return the file that keeps the audit chain's length and head outside the database."""
        return self.anchor_file or self.home / "audit" / "anchors.jsonl"

    @property
    def hosts(self) -> list[str]:
        """List the names the app may be asked by."""
        return [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]

    @property
    def is_embedded(self) -> bool:
        """Tell whether Lotline runs its own PostgreSQL."""
        return not self.database_url

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which people of the site read a clock."""
        return ZoneInfo(self.timezone)

    @cached_property
    def signing_key(self) -> str:
        """Return the key that signs API tokens.

        Raises:
            SettingsIncomplete: The record is a production one and the key is missing or short.
        """
        if self.secret_key is None and self.is_embedded:
            return secret_in(self.home / "secret_key")
        if self.secret_key is None or len(self.secret_key.encode()) < SECRET_KEY_BYTES:
            raise SettingsIncomplete(
                f"LOTLINE_SECRET_KEY is missing or shorter than {SECRET_KEY_BYTES} bytes. Make one "
                'with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        return self.secret_key


def settings() -> Settings:
    """Read the settings from the environment as it is now.

    Raises:
        SettingsIncomplete: A value can't be used; the text names the variable.
    """
    try:
        return Settings()
    except ValidationError as invalid:
        first = invalid.errors()[0]
        name = "LOTLINE_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsIncomplete(f"{name} can't be used: {first['msg']}") from invalid
