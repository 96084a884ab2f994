"""Dagster's processes come up in order, come back when they end, and share private sockets."""

import json
import stat
import sys
import time

import pytest

from dashboards.serving import dagster_parts
from dashboards.serving.children import end
from dashboards.serving.dagster_home import code_socket, dagster_home, dagster_socket
from dashboards.serving.dagster_parts import CLOCK, CODE, PAGES, DagsterParts, dagster_programs
from sql.errors import NotPrivate
from sql.private import bound_socket, require_own_folder

PATIENCE_SECONDS = 30
LISTENS = "import socket, sys, time; s = socket.socket(socket.AF_UNIX); time.sleep(0.5);"
LISTENS += "s.bind(sys.argv[1]); s.listen(); time.sleep(60)"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def parts(settings, said, monkeypatch):
    """Make parts of which the clock ends at once, by itself."""
    monkeypatch.setattr(dagster_parts, "START_AGAIN_SECONDS", 0.1)
    require_own_folder(code_socket(settings).parent)
    python = [sys.executable, "-c"]
    programs = {
        CODE: [*python, LISTENS, str(code_socket(settings))],
        PAGES: [*python, "import time; time.sleep(60)"],
        CLOCK: [*python, "import sys; sys.exit(3)"],
    }
    made = DagsterParts(settings, said.append, programs)
    yield made
    end(made.running())


def test_a_part_that_ends_is_said_and_started_again_and_the_rest_stays(parts, said) -> None:
    parts.keep_running()
    (code,) = parts.running()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(said) < 2:
        parts.keep_running()
        assert time.monotonic() < deadline, said
        time.sleep(0.01)

    assert "clock ended by itself (exit 3) and is started again" in said[0]
    assert code.poll() is None and code in parts.running()
    assert len(parts.running()) >= 2


def test_the_parts_share_one_code_process_over_a_private_socket(settings) -> None:
    programs = dagster_programs(settings)

    workspace = json.loads((dagster_home(settings) / "workspace.yaml").read_text())
    at = str(code_socket(settings))
    assert workspace["load_from"][0]["grpc_server"]["socket"] == at
    assert at in map(str, programs[CODE])
    assert stat.S_IMODE(code_socket(settings).parent.stat().st_mode) == 0o700
    # No part is given a port or a host to listen on.
    assert not {"--port", "-p", "--host", "-h"} & {
        str(word) for p in programs.values() for word in p
    }


def test_a_folder_for_sockets_that_others_may_enter_is_refused(settings) -> None:
    code_socket(settings).parent.mkdir(parents=True)
    code_socket(settings).parent.chmod(0o777)

    with pytest.raises(NotPrivate):
        dagster_programs(settings)
    with pytest.raises(NotPrivate), bound_socket(dagster_socket(settings)):
        pass
