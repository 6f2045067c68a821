"""The program's log: one JSON object a line in ``piao.log`` beside the archive, turned over at 10 MB, five kept.

Fields: ``at`` (UTC), ``level``, ``logger``, ``process``, ``message`` and, for a bug, ``trace``. Secrets of the configuration
never get there: what looks like one of them is struck out of message and trace.
"""

from __future__ import annotations

import json
import logging
import os
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import unquote

from pydantic import SecretStr

from settings import Settings

SIZE, KEPT = 10_000_000, 5
STRUCK = "[riservato]"
NAME = "piao.log"
CHATTY = ("httpx", "httpx2", "httpcore", "httpcore2", "openai", "urllib3")
PASSWORD = re.compile(r"://[^/@\s:]*:([^\s]+)@")
KEYS = re.compile(r"[?&][^=&]*(?:key|token|secret|pass|pwd|chiave|segreto)[^=&]*=([^&\s]+)", re.IGNORECASE)


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
    hidden += [secret for value in values if isinstance(value, str) and "://" in value for secret in _in_address(value)]
    hidden += [unquote(secret) for secret in hidden]
    return tuple(sorted({secret for secret in hidden if len(secret) > 3}, key=len, reverse=True))


def _in_address(address: str) -> list[str]:
    """The password of an address and what its query calls a key; also of one that is no address, which nothing else can read."""
    return [found for pattern in (PASSWORD, KEYS) for found in pattern.findall(address)]


def shown(address: str | None) -> str:
    """An address for a message: without user, password and query.

    >>> shown("http://io:segreto@db.ente.it:8000/v1?chiave=x")
    'http://db.ente.it:8000/v1'
    """
    return re.sub(r"[?#].*", "", re.sub(r"://[^\s]*@", "://", address or ""))


def struck(text: str, settings: Settings) -> str:
    """A text without the secrets of the configuration."""
    for secret in secrets_of(settings):
        text = text.replace(secret, STRUCK)
    return text


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
        for chatty in CHATTY:  # they tell each address as it is
            logging.getLogger(chatty).setLevel(logging.WARNING)
        turning = RotatingFileHandler(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
        turning.setFormatter(JsonLines(secrets_of(settings)))
        logger.addHandler(turning)
        logger.setLevel(logging.INFO)
    return path
