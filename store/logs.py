"""The program's log: one JSON object a line in ``piao.log`` beside the archive, turned over at 10 MB, five kept.

Fields: ``at`` (UTC), ``level``, ``logger``, ``process``, ``message`` and, for a bug, ``trace``. Secrets of the configuration
never get there: what looks like one of them is struck out of message and trace.
"""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from settings import Settings

SIZE, KEPT = 10_000_000, 5
STRUCK = "[riservato]"
NAME = "piao.log"


class JsonLines(logging.Formatter):
    """A record as one line, without the secrets given."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "process": os.getpid(),
            "message": self._clean(record.getMessage()),
        }
        if record.exc_info:
            entry["trace"] = self._clean(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)

    def _clean(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, STRUCK)
        return text


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """What of the configuration must never be written: keys, and the passwords inside addresses."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    hidden = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    hidden += [urlsplit(value).password or "" for value in values if isinstance(value, str) and "://" in value]
    return tuple(sorted({secret for secret in hidden if len(secret) > 3}, key=len, reverse=True))


def start_log(settings: Settings) -> Path:
    """What ``piao.*`` tells goes there from now on, and nowhere else; a second call changes nothing. Where the log is."""
    path = settings.root / NAME
    logger = logging.getLogger("piao")
    ours = [handler for handler in logger.handlers if isinstance(handler.formatter, JsonLines)]
    if [getattr(handler, "baseFilename", None) for handler in ours] != [str(path)]:
        for handler in ours:
            logger.removeHandler(handler)
            handler.close()
        settings.made_root()
        turning = RotatingFileHandler(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
        turning.setFormatter(JsonLines(secrets_of(settings)))
        logger.addHandler(turning)
        logger.setLevel(logging.INFO)
    return path
