"""The two people of ``benchmarks.two_processes`` behind a real nginx with ``deploy/nginx.conf`` as it is, over TLS.

    python -m benchmarks.behind_nginx

Only ports and certificate are the trial's own. Each person's requests must all reach one process, and the two processes be
both in use. Needs nginx and openssl (``apt-get install nginx openssl``); exits 1 if a step fails, 2 without them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.soak import servers
from benchmarks.two_processes import COOKIE, FLAGS, PATIENCE, ROOT, app, free_port, story
from samples.build import build
from store.archive import Archive

_MOST = 20  # people tried until one falls on each process
_LOG = "log_format who '$upstream_addr $cookie_piao_processo $status $request_uri'; access_log {folder}/access.log who;"


@contextmanager
def nginx(ports: Sequence[int], folder: Path) -> Iterator[tuple[str, Path]]:
    """nginx before the two ports; its address and its log, a request a line: process, cookie, status, path."""
    port, key, certificate = free_port(), folder / "key.pem", folder / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)  # fmt: skip
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for given, own in (("127.0.0.1:8501", f"127.0.0.1:{ports[0]}"), ("127.0.0.1:8502", f"127.0.0.1:{ports[1]}"),
                       ("listen 443", f"listen 127.0.0.1:{port}"), ("/etc/ssl/piao.pem", str(certificate)),
                       ("/etc/ssl/piao.key", str(key))):  # fmt: skip
        if given not in site:
            raise SystemExit(f"deploy/nginx.conf non ha più «{given}»: correggi questa misura")
        site = site.replace(given, own)
    whole = folder / "nginx.conf"
    whole.write_text(f"daemon off; error_log {folder}/error.log; pid {folder}/pid; events {{}}\n"
                     f"http {{ {_LOG.format(folder=folder)}\n{site}\n}}\n", encoding="utf-8")  # fmt: skip
    with subprocess.Popen(["nginx", "-e", f"{folder}/error.log", "-c", str(whole)]) as process:
        try:
            time.sleep(1)
            yield f"https://127.0.0.1:{port}", folder / "access.log"
        finally:
            process.terminate()


def one_on_each(browser: Any, url: str, log: Path) -> list[Any]:
    """Two pages, their people on different processes: each new person is sent where nginx likes."""
    pages: dict[str, Any] = {}
    for _ in range(_MOST):
        context = browser.new_context(locale="it-IT", ignore_https_errors=True)
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.goto(f"{url}/_stcore/health")
        process = log.read_text(encoding="utf-8").splitlines()[-1].split()[0]
        if pages.setdefault(process, page) is not page:
            context.close()
        if len(pages) == 2:
            return list(pages.values())
    raise AssertionError(f"{_MOST} persone sullo stesso processo")


def strayed(log: Path, people: Sequence[Any]) -> list[str]:
    """The requests of a person that reached another process than the first."""
    home: dict[str, str] = {}
    lines = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    names = {cookie["value"] for page in people for cookie in page.context.cookies() if cookie["name"] == COOKIE}
    return [" ".join(line) for line in lines if line[1] in names and home.setdefault(line[1], line[0]) != line[0]]


def main() -> int:
    """The steps, a row each."""
    if not shutil.which("nginx") or not shutil.which("openssl"):
        print("servono nginx e openssl: apt-get install nginx openssl")
        return 2
    from playwright.sync_api import Error, sync_playwright

    print("| passo | s |\n|---|---|")
    with servers() as settings, Archive.open(settings) as archive, app(settings) as first, app(settings) as second, \
            tempfile.TemporaryDirectory() as name, sync_playwright() as driver, nginx((first, second), Path(name)) as (url, log):
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        files = [path for path in build(Path(name) / "samples") if path.suffix in (".docx", ".txt")][:2]
        failed = True
        try:
            people = one_on_each(browser, url, log)
            for step, seconds in story(archive, url, people, files):
                print(f"| {step} | {seconds:.2f} |", flush=True)
            lost = strayed(log, people)
            made = len(log.read_text(encoding="utf-8").splitlines())
            print(f"\nrichieste finite al processo sbagliato: {len(lost)} di {made}", *lost[:5], sep="\n")
            failed = bool(lost)
        except (AssertionError, Error, TimeoutError) as error:
            print(f"\nnon riuscito: {error}")
        browser.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
