"""Finding, registering and unregistering operators."""

import os
from importlib.metadata import EntryPoint

import pytest

from axiomkd import registry
from axiomkd.errors import AxiomkdError, DeclarationError, UnknownName
from axiomkd.operator import Operator, operator
from axiomkd.operators import CATALOGUE
from axiomkd.registry import find_operator, load_python, operators, register, unregister, user_folder

POOL = '[operator]\nid = "{}"\nmass = "Sum(w[k]*sqrt(p[k,i]), k)"\n'
PYTHON = """
from axiomkd import operator

@operator("half")
def half():
    return "p[1,i]/2"

@operator("wrong")
def wrong():
    raise KeyError("a")

@operator("unknown-name")
def unknown_name():
    return "foo"

undeclared = print
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AXIOMKD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def declare(folder, id="my-pool"):
    path = folder / "declared.toml"
    path.write_text(POOL.format(id))
    return path


def python_file(folder, text=PYTHON):
    path = folder / "my_ops.py"
    path.write_text(text)
    return path


def test_the_catalogue_is_found_by_id():
    assert find_operator("geometric").written == "mass"
    assert len({found.id for found in operators()}) == len(operators()) == len(CATALOGUE)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("linaer", "did you mean linear"),
        ("", "expected an operator's id, a .toml file or file.py:function, got ''"),
        ("../geometric", "did you mean geometric"),
        ("geometric\n", "geometric"),
        ("no-such.toml", "no-such.toml: expected a readable UTF-8 file, got No such file or directory"),
        ("no-such.py:f", "no-such.py: expected a Python file, got none"),
        ("no-such.py", "expected file.py:function, got 'no-such.py'"),
    ],
)
def test_an_unknown_name_gets_one_line(name, words):
    with pytest.raises(AxiomkdError) as error:
        find_operator(name)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_is_found_by_its_path(tmp_path):
    assert find_operator(str(declare(tmp_path))).id == "my-pool"


def test_a_registered_operator_is_found_until_it_is_unregistered(tmp_path, home):
    register(declare(tmp_path))
    assert (home / "operators" / "my-pool.toml").read_text() == POOL.format("my-pool")
    assert find_operator("my-pool").id == "my-pool"
    assert operators()[-1].id == "my-pool"
    unregister("my-pool")
    with pytest.raises(UnknownName):
        find_operator("my-pool")
    assert list(user_folder().iterdir()) == []


def test_an_id_with_a_slash_has_a_file_of_its_own(tmp_path):
    register(declare(tmp_path, "a/b"))
    register(declare(tmp_path, "a-b"))
    assert {path.name for path in registry.user_files()} == {"a_b.toml", "a-b.toml"}
    assert find_operator("a/b").id == "a/b"


@pytest.mark.parametrize("id", ["linear", "power-1/2", "my-pool"])
def test_a_taken_id_is_refused(tmp_path, id):
    register(declare(tmp_path))
    with pytest.raises(DeclarationError, match=f"expected an id that is not taken, got {id}"):
        register(declare(tmp_path, id))
    assert len(registry.user_files()) == 1


def test_a_broken_declaration_is_not_registered(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text('[operator]\nid = "broken"\nmass = "foo"\n')
    with pytest.raises(AxiomkdError, match="column 1"):
        register(path)
    assert not user_folder().exists()


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(DeclarationError, match="No space left on device"):
        register(declare(tmp_path))
    assert list(user_folder().iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path, home):
    home.write_text("a file, no folder")
    with pytest.raises(DeclarationError, match="expected a folder that can be written"):
        register(declare(tmp_path))


@pytest.mark.parametrize("id", ["linear", "my-pol", "../declared", ""])
def test_only_what_is_registered_can_be_unregistered(tmp_path, id):
    path = declare(tmp_path)
    register(path)
    with pytest.raises(UnknownName, match="expected the id of a registered operator"):
        unregister(id)
    assert path.exists()


def test_a_broken_file_in_the_folder_breaks_nothing_and_is_named(tmp_path):
    register(declare(tmp_path))
    broken = user_folder() / "broken.toml"
    broken.write_text('[operator]\nid = "broken"\nexpr = "foo"\n')
    twice = user_folder() / "twice.toml"
    twice.write_text(POOL.format("linear"))
    found = registry.registry()
    assert find_operator("my-pool").id == "my-pool"
    assert find_operator("linear").written == "expr"
    assert [line.split(": ")[0] for line in found.problems] == [str(broken), str(twice)]
    with pytest.raises(UnknownName, match="column 1"):
        find_operator("broken")
    unregister("broken")
    assert not broken.exists()


def test_a_file_put_there_by_hand_is_unregistered_by_its_id(tmp_path):
    user_folder().mkdir(parents=True)
    path = user_folder() / "other-name.toml"
    path.write_text(POOL.format("my-pool"))
    assert unregister("my-pool") == path
    assert not path.exists()


# Python files


def test_a_python_file_declares_an_operator(tmp_path):
    found = find_operator(f"{python_file(tmp_path)}:half")
    assert found == Operator.declare("half", expr="p[1,i]/2")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("haf", "expected an operator haf declared by @operator, got none; did you mean half?"),
        ("undeclared", "got a builtin_function_or_method"),
        ("wrong", "expected code that runs, got KeyError: 'a'"),
        ("unknown_name", "unknown-name: [operator] expr, column 1: "),
    ],
)
def test_a_python_file_without_the_operator_gets_one_line(tmp_path, name, words):
    with pytest.raises(AxiomkdError) as error:
        load_python(python_file(tmp_path), name)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1/0", "ZeroDivisionError: division by zero"),
        ("def", "SyntaxError"),
        ("import nothing_such", "ModuleNotFoundError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise ValueError('a\\nb')", "ValueError: a b"),
        ("x = '\\0'\n\0", "SyntaxError"),
    ],
)
def test_a_python_file_that_fails_gets_one_line(tmp_path, text, words):
    with pytest.raises(DeclarationError) as error:
        load_python(python_file(tmp_path, text), "f")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_an_interrupt_is_no_error_of_the_file(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        load_python(python_file(tmp_path, "raise KeyboardInterrupt"), "f")


# Packages


@operator("packaged")
def packaged():
    return "p[1,i]"


def entry(monkeypatch, loaded):
    class Loaded(EntryPoint):
        def load(self):
            return loaded()

    points = [Loaded("packaged", "some.package:packaged", registry.GROUP)]
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.GROUP else [])


def test_a_package_brings_operators(monkeypatch):
    entry(monkeypatch, lambda: packaged)
    assert find_operator("packaged").text == "p[1,i]"


@pytest.mark.parametrize("broken", [lambda: 3, lambda: 1 / 0, lambda: operator("linear")(lambda: "V")])
def test_a_broken_package_breaks_nothing_and_is_named(monkeypatch, broken):
    entry(monkeypatch, broken)
    found = registry.registry()
    assert len(found.operators) == len(CATALOGUE)
    (problem,) = found.problems
    assert problem.startswith("entry point packaged = some.package:packaged: ")
