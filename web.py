"""What ``streamlit run`` serves: the pages of ``app.py`` in our own page head, with our headers and login."""

from __future__ import annotations

from starlette.middleware import Middleware
from streamlit.runtime.secrets import SecretsValue
from streamlit.starlette import App

from settings import load_settings
from store.logs import start_log
from ui.frame import outside
from ui.gate import Gate
from ui.head import ItalianPage, served_page
from ui.headers import SecureHeaders
from ui.warm import warming

settings = load_settings()
start_log(settings)
login: dict[str, SecretsValue] = {**(settings.login or {})}
https = bool(login) and str(settings.public_url).lower().startswith("https://")
app = App("app.py", middleware=[Middleware(SecureHeaders, html=served_page(), https=https), Middleware(Gate, settings=settings),
                                Middleware(ItalianPage)],
          secrets={"auth": login} if login else {}, on_script_error=outside, lifespan=warming)
