"""Every error a user can meet, one tree.

A ``PiaoError`` is a *user's* problem: one clear Italian line that says what, where, why and what to do. Anything else
that escapes is a bug and keeps its traceback. A library's exceptions are mapped to these at its adapter and nowhere else.
"""

from __future__ import annotations


class PiaoError(Exception):
    """Something the user can mend. ``str(error)`` is the whole Italian sentence, ready to be shown."""


class UnreadableFile(PiaoError):
    """A file that is missing, empty, damaged, encrypted, a scan, or not of a known type."""


class LimitExceeded(UnreadableFile):
    """A file over a limit of size, pages, cells, unpacked bytes, time or memory."""


class ArchiveError(PiaoError):
    """The archive cannot be opened or written: locked, damaged, another embedding model, disk full."""


class NotInArchive(PiaoError):
    """A card, draft or document that the archive does not have."""


class Conflict(PiaoError):
    """Somebody else saved the same draft in the meantime."""


class ProfileError(PiaoError):
    """A profile (TOML) that cannot be used, with the place and the reason."""


class ModelError(PiaoError):
    """The language model is not configured, does not answer, or answers outside the schema."""


class SettingsError(PiaoError):
    """A configuration value that cannot be used."""


class TooOften(PiaoError):
    """The same person does the same thing too many times in a minute."""


class NotAllowed(PiaoError):
    """Something the person's role or units do not allow, or a person who is not known."""
