"""One module per rule: ``<code>_<subject>.py`` with a ``RULE``. Modules that begin with ``_`` hold what several rules share."""
