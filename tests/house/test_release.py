"""What a release promises: one version, a locked set-up, and nothing of one machine in the tree."""

import re
import tomllib
from importlib.metadata import version

from tests.house.source import ROOT

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_pyproject_and_the_newest_release_in_the_changelog_say_one_version() -> None:
    newest = re.findall(r"^## (\d+\.\d+\.\d+), (.*)$", CHANGELOG, flags=re.MULTILINE)[0]

    assert newest[0] == PROJECT["version"] == version("lotline")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d, tag v" + re.escape(newest[0]), newest[1])


def test_the_lock_file_names_no_host_and_pins_every_package_by_hash() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]

    assert not [line for line in lines if "://" in line or line.startswith("-")]
    assert all("==" in line and line.endswith("\\") for line in packages)


def test_every_dependency_that_is_named_is_locked() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {name.lower() for name in re.findall(r"^([\w.-]+)(?:\[|==)", lock, flags=re.MULTILINE)}
    named = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]

    assert {re.split(r"[\[<>=]", name)[0] for name in named} - locked == set()
