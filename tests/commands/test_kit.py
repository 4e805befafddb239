"""The kit for an office without internet. That it installs and starts is tried by hand (docs/workshop.md)."""

import os
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.commands import kit
from pingan_abm.files import wheels

pytest.importorskip("packaging")


def test_a_kit_has_start_scripts_sheets_and_documentation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wheels, "needed", only_own)
    folder = tmp_path / "stick" / "pingan"
    assert run_command(["kit", "--out", str(folder), "--lang", "en"]) == 0
    assert [one.name.partition("-")[0] for one in (folder / "wheels").iterdir()] == ["pingan_abm"]
    shell, batch = (folder / "start.sh").read_bytes(), (folder / "start.bat").read_bytes()
    assert b"\r" not in shell and shell.startswith(b"#!/bin/sh\n") and os.access(folder / "start.sh", os.X_OK)
    assert batch.count(b"\r\n") == batch.count(b"\n") > 5
    for script in (shell.decode(), batch.decode("ascii")):
        assert "--no-index" in script and f"pingan-abm[{','.join(kit.EXTRAS)}]" in script and kit.PYTHON in script
        assert "{" not in script.replace("${", "").replace("|| {", "")
    assert (folder / "sheets" / "sheets.zh.xlsx").is_file() and (folder / "docs" / "workshop.zh-CN.md").is_file()
    assert run_command(["kit", "--out", str(folder), "--lang", "en"]) == 2
    assert "is not empty" in capsys.readouterr().err


def only_own(name: str, extras: object) -> dict[str, object]:
    return {name: wheels.distribution(name)}
