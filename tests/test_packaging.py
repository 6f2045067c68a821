"""What an installation from a built wheel must hold: every data file of our packages is named in ``package-data``."""

from __future__ import annotations

import fnmatch
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
PACKAGES = sorted(name.rstrip("*") for name in SETUPTOOLS["packages"]["find"]["include"])
NEEDED = ("exports/fonts", "prompts/templates", "prompts/templates_llm", "samples/texts", "scoring/data", "scoring/profiles")


def data_files(package: str) -> list[Path]:
    """The files of a package that are not code, by their path inside it."""
    inside = [p.relative_to(ROOT / package) for p in (ROOT / package).rglob("*") if p.is_file()]
    return [p for p in inside if p.suffix not in (".py", ".pyc") and not any(part.startswith(".") for part in p.parts)]


def carried(path: Path, globs: list[str]) -> bool:
    """Whether a glob takes the file; as for setuptools, a star does not cross folders."""
    return any(path.parent == Path(g).parent and fnmatch.fnmatchcase(path.name, Path(g).name) for g in globs)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_data_file_is_carried_by_the_wheel(package: str) -> None:
    globs = SETUPTOOLS["package-data"].get(package, [])
    assert [str(p) for p in data_files(package) if not carried(p, globs)] == []


def test_no_glob_is_left_without_files() -> None:
    for package, globs in SETUPTOOLS["package-data"].items():
        for glob in globs:
            assert any(carried(p, [glob]) for p in data_files(package)), f"{package}: {glob}"


@pytest.mark.parametrize("folder", NEEDED)
def test_the_folders_the_product_reads_at_run_time_are_there(folder: str) -> None:
    package, _, inside = folder.partition("/")
    assert any(p.parent == Path(inside) for p in data_files(package))
