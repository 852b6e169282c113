"""The production shape holds together: what can be checked without a container engine."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
READERS = ("config/settings.py", "config/gunicorn.py", "config/embedded.py")


@pytest.mark.parametrize("name", sorted(set(COMPOSE["services"]) - {"migrate"}))
def test_every_service_says_how_it_is(name):
    service = COMPOSE["services"][name]
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


def test_services_wait_for_services_that_exist():
    services = COMPOSE["services"]
    waits = {need for service in services.values() for need in service.get("depends_on", {})}
    assert waits == {"db", "migrate", "valkey"}
    assert waits <= set(services)


def test_volumes_are_declared():
    used = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
    }
    assert used == set(COMPOSE["volumes"])


def test_ports_are_open_on_this_machine_only():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_image_installs_the_runtime_only_and_does_not_run_as_root():
    assert "requirements-dev" not in DOCKERFILE
    assert "requirements-local" not in DOCKERFILE
    assert DOCKERFILE.index("USER twintrack") < DOCKERFILE.index('CMD ["gunicorn"')


def test_the_example_names_every_variable_that_is_read():
    pattern = r'(?:env(?:\.\w+)?|part|environ\.(?:get|setdefault))\(\s*"([A-Z_]+)"'
    read = {name for path in READERS for name in re.findall(pattern, (ROOT / path).read_text())}
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#?([A-Z_]+)=", example, flags=re.MULTILINE))
    assert read == named


def test_versions_are_pinned_and_no_registry_is_named():
    for path in ROOT.glob("requirements*.txt"):
        for line in path.read_text().splitlines():
            if line and not line.startswith(("#", "-r requirements")):
                assert re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+", line), f"{path.name}: {line}"
