"""Dagster's settings: brought up to date at every `up`, and never over a person's own change."""

from hashlib import sha256

import pytest
import yaml

from dashboards.serving import dagster_home as subject
from dashboards.serving.dagster_home import SHIPPED, WRITTEN_DIGEST, bring_up_to_date, dagster_home
from sql.settings import Settings

FIRST_SHIPPED = """\
telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    dequeue_interval_seconds: 1
retention:
  sensor:
    purge_after_days: 2
"""


@pytest.fixture
def said() -> list[str]:
    return []


def test_a_new_home_gets_the_shipped_settings(tmp_path, said) -> None:
    home = tmp_path / "plant" / "dagster"
    bring_up_to_date(home, said.append)

    assert (home / "dagster.yaml").read_bytes() == SHIPPED.read_bytes()
    assert said == []


def test_the_settings_of_an_earlier_version_are_replaced(tmp_path, said, monkeypatch) -> None:
    earlier = tmp_path / "earlier.yaml"
    earlier.write_text("telemetry:\n  enabled: false\n")
    monkeypatch.setattr(subject, "SHIPPED", earlier)
    bring_up_to_date(tmp_path, said.append)
    monkeypatch.setattr(subject, "SHIPPED", SHIPPED)
    bring_up_to_date(tmp_path, said.append)

    assert (tmp_path / "dagster.yaml").read_bytes() == SHIPPED.read_bytes()
    assert said == []


def test_what_was_written_before_digests_were_noted_is_replaced_too(tmp_path, said) -> None:
    (tmp_path / "dagster.yaml").write_text(FIRST_SHIPPED)
    bring_up_to_date(tmp_path, said.append)

    assert (tmp_path / "dagster.yaml").read_bytes() == SHIPPED.read_bytes()
    assert said == []


def test_a_copy_changed_by_hand_is_kept_and_said_in_one_line(tmp_path, said) -> None:
    bring_up_to_date(tmp_path, said.append)
    copy = tmp_path / "dagster.yaml"
    changed = copy.read_text() + "python_logs:\n  python_log_level: DEBUG\n"
    copy.write_text(changed)

    for _time in range(2):
        bring_up_to_date(tmp_path, said.append)

    assert copy.read_text() == changed
    assert len(said) == 2 and str(copy) in said[0] and "\n" not in said[0]


def test_a_copy_changed_before_digests_were_noted_is_kept(tmp_path, said) -> None:
    (tmp_path / "dagster.yaml").write_text(FIRST_SHIPPED + "# ours\n")
    bring_up_to_date(tmp_path, said.append)

    assert (tmp_path / "dagster.yaml").read_text().endswith("# ours\n")
    assert len(said) == 1


def test_a_changed_copy_that_is_deleted_gives_way_to_the_shipped_one(tmp_path, said) -> None:
    (tmp_path / "dagster.yaml").write_text("telemetry:\n  enabled: true\n")
    bring_up_to_date(tmp_path, said.append)
    (tmp_path / "dagster.yaml").unlink()
    bring_up_to_date(tmp_path, said.append)

    assert (tmp_path / "dagster.yaml").read_bytes() == SHIPPED.read_bytes()
    noted = (tmp_path / WRITTEN_DIGEST).read_text().strip()
    assert noted == sha256(SHIPPED.read_bytes()).hexdigest()


def test_the_shipped_settings_say_what_the_first_ones_said_and_ask_nobody_for_an_address() -> None:
    shipped = yaml.safe_load(SHIPPED.read_text())

    assert shipped.pop("nux") == {"enabled": False}
    assert shipped == yaml.safe_load(FIRST_SHIPPED)


def test_dagsters_folder_is_the_environments_or_one_in_the_plants_home(
    tmp_path, monkeypatch
) -> None:
    config = Settings(home=tmp_path)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    assert dagster_home(config) == tmp_path / "dagster"
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "elsewhere"))
    assert dagster_home(config) == tmp_path / "elsewhere"
