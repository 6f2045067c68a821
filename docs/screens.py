"""Pictures of every page, made from the sample archive alone: light, dark and at 200 %, into ``build/immagini``; the few that the
guide shows are made small and put in ``docs/immagini``. Run with ``make screens``.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from cards.model import Card, Indicator, Phase
from samples.archive import draft_table, install
from settings import Settings
from store.archive import Archive

ROOT = Path(__file__).resolve().parent.parent
BUILD, GUIDE = ROOT / "build" / "immagini", ROOT / "docs" / "immagini"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WAYS: dict[str, dict[str, Any]] = {
    "chiaro": {"viewport": {"width": 1366, "height": 768}},
    "scuro": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
    "200": {"viewport": {"width": 683, "height": 384}, "device_scale_factor": 2},
}
QUESTION = "quanto si aspetta per avere la carta d'identità elettronica?"
PAGES = {
    "scrivania": "", "archivio": "archivio", "precedenti": "precedenti", "risposta": f"precedenti?domanda={QUESTION}",
    "schede": "schede", "scheda": "schede?bozza={draft}", "variazioni": "variazioni?bozza={draft}", "verifica": "verifica",
    "consuntivo": "consuntivo?bozza={draft}", "piano": "piano", "impostazioni": "impostazioni",
}
SHOWN = ("scrivania", "archivio", "risposta", "scheda", "verificata", "consuntivo", "piano")  # in the guide
WIDE = 1000  # pixels of a picture of the guide
CARD = Card(
    title="Sportello unico per i cittadini", unit="Servizi Demografici", year=2027, weight="20",
    responsible="Responsabile dei Servizi Demografici", start="01/01/2027", end="31/12/2027",
    purpose="Un solo posto e una sola attesa per le pratiche più frequenti.",
    phases=(Phase(number="1", text="Analisi delle pratiche e degli orari", weight="30", start="01/01/2027", end="31/03/2027"),
            Phase(number="2", text="Formazione degli operatori", weight="30", start="01/04/2027", end="30/06/2027"),
            Phase(number="3", text="Apertura al pubblico", weight="50", start="01/07/2027", end="31/12/2027")),
    indicators=(
        Indicator(name="Tempo medio di attesa (minuti)", kind="tempo", formula="somma delle attese / accessi", baseline="22",
                  targets={"2027": "≤ 12"}, weight="60"),
        Indicator(name="Accessi su appuntamento (%)", kind="quantita", formula="accessi prenotati / accessi", baseline="35",
                  targets={"2027": "≥ 60%"}, weight="40"),
    ),
)


def main() -> None:
    """Make them all; say where they are."""
    with tempfile.TemporaryDirectory() as folder, app(Path(folder)) as (url, draft), sync_playwright() as driver:
        shutil.rmtree(BUILD, ignore_errors=True)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for way, options in WAYS.items():
            take(browser, url, draft, way, options, Path(folder))
        browser.close()
    GUIDE.mkdir(exist_ok=True)
    for name in SHOWN:
        small(BUILD / "chiaro" / f"{name}.png", GUIDE / f"{name}.png")
    print(f"Immagini in {BUILD} ({len(list(BUILD.rglob('*.png')))}) e in {GUIDE} ({len(SHOWN)})")  # noqa: T201


@contextmanager
def app(folder: Path) -> Iterator[tuple[str, str]]:
    """The app on a new sample archive with one card in the works: its address and the card's id."""
    with Archive.open(Settings(home=folder / "archivio")) as archive:
        for _report in install(archive):
            pass
        draft = archive.save_draft(CARD).id
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    url, env = f"http://127.0.0.1:{port}", {**os.environ, "PIAO_HOME": str(folder / "archivio")}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "web.py"), "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(url + "/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield url, draft
    finally:
        server.kill()
        server.wait()


def take(browser: Browser, url: str, draft: str, way: str, options: dict[str, Any], folder: Path) -> None:
    """Every page one way."""
    context = browser.new_context(locale="it-IT", **options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    for name, path in PAGES.items():
        page.goto(f"{url}/{path.format(draft=draft)}")
        picture(page, way, name, options)
        if name == "verifica":
            page.locator("input[type=file]").first.set_input_files(str(draft_table(folder / "esempio")))
            page.get_by_text("PES001").first.wait_for(state="attached")
            picture(page, way, "verificata", options)
    context.close()


def picture(page: Page, way: str, name: str, options: dict[str, Any]) -> None:
    """One page from head to foot, once it is at rest."""
    page.locator("h1").first.wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(1200)
    whole = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({**options["viewport"], "height": min(max(whole, options["viewport"]["height"]), 2400)})
    page.wait_for_timeout(600)
    target = BUILD / way / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(target))
    page.set_viewport_size(options["viewport"])


def small(source: Path, target: Path) -> None:
    """A picture for the guide: the first screenful, narrower, in few colours."""
    with Image.open(io.BytesIO(source.read_bytes())) as image:
        cut = image.convert("RGB").crop((0, 0, image.width, min(image.height, 900)))
        cut = cut.resize((WIDE, round(cut.height * WIDE / cut.width)), Image.Resampling.LANCZOS)
        cut.quantize(64).save(target, optimize=True)


if __name__ == "__main__":
    main()
