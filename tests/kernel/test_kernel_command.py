"""``python -m axiomkd.kernel`` says whether goals follow from their evidence, and nothing more."""

import json
import subprocess
import sys

import pytest

from axiomkd.kernel.__main__ import main


@pytest.fixture
def write(tmp_path):
    def written(data, name="certificate.json"):
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return str(path)

    return written


def test_goals_that_follow(write, linear, geometric, capsys):
    files = [write(linear.to_json(), "a.json"), write(geometric.to_json(), "b.json")]
    assert main(files) == 0
    out = capsys.readouterr().out
    assert "3 goals follow" in out
    assert "2 goals follow" in out


def test_a_matrix_is_read_as_well(write, linear):
    assert main([write(json.loads(linear.to_json())["cells"])]) == 0


def test_evidence_that_does_not_establish_its_goal(write, linear, capsys):
    data = json.loads(linear.to_json())
    data["cells"][2]["evidence"]["steps"][0][0] = "powers"
    assert main([write(data)]) == 1
    assert "cell 2 (neutrality): refused: step 0 (powers)" in capsys.readouterr().out


def test_evidence_elsewhere_is_checked_too(write, geometric, linear):
    data = json.loads(geometric.to_json())
    part = json.loads(linear.to_json())["cells"][2]
    data["cells"][0]["proved_at"] = [part]
    assert main([write(data)]) == 0
    part["evidence"]["establishes"] = [0, 0]
    data["cells"][0]["proved_at"] = [part]
    assert main([write(data)]) == 1


UNREADABLE = {
    "no JSON": "{",
    "a future format": '{"format": "axiomkd-certificate/2", "cells": []}',
    "cells that are no objects": '{"format": "axiomkd-certificate/1", "cells": [1]}',
    "a number": "3",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_one_line_and_status_2(write, text, capsys):
    assert main([write(text)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("axiomkd.kernel: ")
    assert error.count("\n") == 1


def test_evidence_that_refers_forward_is_status_2(write, linear, capsys):
    data = json.loads(linear.to_json())
    data["cells"][2]["evidence"]["steps"][0][2] = [1]
    assert main([write(data)]) == 2
    assert "cell 2 (neutrality): step 0: expected an earlier step" in capsys.readouterr().err


def test_a_file_that_is_missing_and_no_file_at_all(tmp_path, capsys):
    assert main([str(tmp_path / "missing.json")]) == 2
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_command_imports_nothing_outside_the_kernel(write, linear):
    program = (
        "import sys; from axiomkd.kernel.__main__ import main; status = main(sys.argv[1:]);"
        "heavy = {'sympy', 'numpy', 'scipy', 'mpmath', 'jinja2', 'typer'} & set(sys.modules);"
        "sys.exit(status or len(heavy))"
    )
    command = [sys.executable, "-c", program, write(linear.to_json())]
    assert subprocess.run(command, check=False).returncode == 0
