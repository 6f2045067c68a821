"""One file a page; each offers ``page()``."""
