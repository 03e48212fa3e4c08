"""Settings: from the environment as SOHOA_…, else from a TOML file, else these defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Three URLs decide the deployment: database, objects, broker. There is no mode flag."""

    model_config = SettingsConfigDict(env_prefix="SOHOA_", extra="forbid", frozen=True)

    data_dir: Path = Field(
        ROOT / "data",
        description="Where the embedded defaults keep their files; uploads lie there until they are stored.",
    )
    database_url: str = Field(
        "", description="sqlite:///PATH or postgresql+psycopg://…; empty: SQLite in data_dir."
    )
    objects_url: str = Field(
        "", description="file://DIR or s3://KEY:SECRET@HOST:PORT/BUCKET; empty: in data_dir."
    )
    broker_url: str = Field(
        "memory://", description="memory:// (workers inside serve), amqp://… or redis://…"
    )

    host: str = Field("127.0.0.1", description="Address that the service listens on.")
    port: int = Field(
        8766, ge=0, le=65535, description="Port that the service listens on; 0 takes a free one."
    )
    public_url: str = Field("", description="Address as browsers see it, for links; empty: http://HOST:PORT.")
    secure_cookies: bool = Field(
        False, description="Session cookies over https only; set it behind a TLS proxy."
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses of proxies whose X-Forwarded-For is believed, parted by commas."
    )
    metrics_token: str = Field(
        "",
        repr=False,
        description="Opens /metrics to other machines, as a bearer token; empty: this one only.",
    )
    session_hours: int = Field(10, ge=1, le=72, description="A session ends after so many hours.")

    ocr_engine: Literal["auto", "hybrid", "fast", "tesseract"] = Field(
        "auto", description="Which engine reads pages; auto takes the best that is installed."
    )
    ocr_languages: str = Field("vie", description="Tesseract's languages, for example vie or vie+eng.")
    tessdata_dir: str = Field("", description="Where Tesseract's language files are; empty: found by itself.")
    quick_from: int = Field(
        500,
        ge=0,
        description="From so many waiting pages on they are read quickly, and again when idle; 0: never.",
    )
    archival_profile: Literal["master", "access"] = Field(
        "master", description="How the filed PDF/A is made: master keeps every pixel, access is small."
    )

    workers: int = Field(
        0, ge=0, le=256, description="Pages read at the same time by a process; 0: one a core."
    )
    lanes: int = Field(
        8, ge=1, le=64, description="Queues that stations are spread over, so that none starves."
    )
    lease_seconds: int = Field(300, ge=10, description="How long a worker owns a step.")
    step_seconds: int = Field(240, ge=5, description="A step is stopped after this; must be under the lease.")
    review_lease_seconds: int = Field(
        300, ge=10, description="How long a record stays with the clerk who opened it, unless renewed."
    )
    max_attempts: int = Field(5, ge=1, le=20, description="A step that died so often is parked for a person.")
    sweep_seconds: int = Field(15, ge=1, description="How often unfinished work is asked for again.")
    patience_minutes: int = Field(
        30, ge=1, description="How long an open batch may hold up its later papers."
    )

    max_file_mb: int = Field(200, ge=1, description="The largest file that is taken, in MiB.")
    max_pages: int = Field(500, ge=1, description="The most pages of one file.")
    max_megapixels: int = Field(120, ge=1, description="The most pixels of one page, in millions.")
    decode_seconds: int = Field(120, ge=1, description="Decoding a file is stopped after this.")
    decode_memory_mb: int = Field(1536, ge=256, description="The most memory for decoding a file, in MiB.")

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")
    log_format: Literal["json", "text"] = Field("json", description="json for machines, text for people.")

    @model_validator(mode="before")
    @classmethod
    def _fill_urls(cls, values: Any) -> Any:
        data_dir = Path(values.get("data_dir") or cls.model_fields["data_dir"].default).expanduser().resolve()
        values["data_dir"] = data_dir
        values["database_url"] = values.get("database_url") or f"sqlite:///{data_dir / 'sohoa.db'}"
        values["objects_url"] = values.get("objects_url") or f"file://{data_dir / 'objects'}"
        return values

    @model_validator(mode="after")
    def _check_times(self) -> Settings:
        if not self.decode_seconds < self.step_seconds < self.lease_seconds:
            raise ValueError("needs decode_seconds < step_seconds < lease_seconds")
        return self

    @property
    def embedded(self) -> bool:
        """Whether the workers live inside the serving process."""
        return self.broker_url.startswith("memory:")

    @property
    def incoming_dir(self) -> Path:
        """Where a body lies until it is stored: beside the data, for a system's temporary folder may be memory."""
        return self.data_dir / "incoming"

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1

    @property
    def base_url(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = os.environ.get("SOHOA_CONFIG", "sohoa.toml")
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(toml).expanduser()))


def load_settings(**overrides: object) -> Settings:
    """This process's settings; overrides (from the command line) win. Raises pydantic.ValidationError."""
    return Settings(**{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type]
