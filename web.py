"""What ``streamlit run`` serves: the pages of ``app.py`` inside our own page head (see ``ui/head.py``)."""

from __future__ import annotations

from starlette.middleware import Middleware
from streamlit.starlette import App

from ui.head import ItalianPage

app = App("app.py", middleware=[Middleware(ItalianPage)])
