"""docker-compose.yml: valid, closed, and different from the embedded run by three URLs only."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cli.main import COMMANDS
from tests.conftest import ROOT

COMPOSE = ROOT / "docker-compose.yml"
OURS = ("api", "worker", "sweeper", "migrate")
NOT_IN_THE_IMAGE = {"demo", "bench", "test"}  # they need the samples, the benchmarks, the tests
URLS = {"SOHOA_DATABASE_URL", "SOHOA_OBJECTS_URL", "SOHOA_BROKER_URL"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(COMPOSE.read_text())["services"]
    return loaded


def test_it_is_valid_against_the_compose_schema() -> None:
    check = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(COMPOSE),
    ]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_only_the_api_can_be_reached_and_only_from_this_machine_by_default(services: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {"api": ["${SOHOA_PUBLISH:-127.0.0.1:8766}:8766"]}
    assert [name for name, service in services.items() if service["networks"] != ["inside"]] == ["api"]


def test_it_does_not_start_without_a_secret() -> None:
    uses = re.findall(r"\$\{(\w+)(:\?)?", COMPOSE.read_text())
    secrets = [(name, refuses) for name, refuses in uses if re.search("PASSWORD|SECRET|KEY", name)]
    assert {name for name, _ in secrets} == {"POSTGRES_PASSWORD", "RABBITMQ_PASSWORD", "OBJECTS_SECRET"}
    assert all(refuses for _, refuses in secrets)


def test_the_example_names_every_variable_and_sets_none() -> None:
    example = (ROOT / ".env.example").read_text()
    uses = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    assert set(re.findall(r"^#?(\w+)=", example, re.MULTILINE)) == uses
    assert re.findall(r"^\w+=.+", example, re.MULTILINE) == []


def test_every_process_differs_from_the_embedded_run_by_three_urls(services: dict[str, Any]) -> None:
    for name in OURS:
        assert set(services[name]["environment"]) >= URLS, name
    assert {key for name in ("worker", "sweeper", "migrate") for key in services[name]["environment"]} == URLS
    assert len({str({key: services[name]["environment"][key] for key in URLS}) for name in OURS}) == 1


def test_every_process_is_a_command_that_exists(services: dict[str, Any]) -> None:
    assert {services[name]["command"][0] for name in OURS} <= set(COMMANDS)


@pytest.mark.slow
def test_the_image_holds_all_that_its_commands_import(tmp_path: Path) -> None:
    admitted = re.findall(r"^!(\S+?)/?$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    for name in admitted:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, tmp_path / name)
    modules = {where for name, (where, _) in COMMANDS.items() if name not in NOT_IN_THE_IMAGE}
    names = ", ".join(sorted({*modules, "api.server", "workers.distributed", "workers.sweep"}))
    done = subprocess.run(
        [sys.executable, "-c", f"import {names}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_no_process_can_gain_rights_or_change_its_own_program(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    assert [name for name, service in services.items() if not service.get("read_only")] == ["objects"]


def test_whoever_is_waited_for_can_say_that_it_is_well(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for other, wait in service.get("depends_on", {}).items():
            healthy = wait["condition"] == "service_healthy"
            assert "healthcheck" in services[other] if healthy else services[other]["restart"] != "always", (
                name
            )


def test_the_image_runs_as_nobody_special_from_hashed_pins() -> None:
    lines = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER sohoa$", lines, re.MULTILINE)
    assert "--require-hashes -r requirements.txt" in lines
    assert lines.index("USER sohoa") < lines.index("ENTRYPOINT")
