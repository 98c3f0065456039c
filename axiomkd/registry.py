"""Where operators are found: the catalogue, installed packages, the user's folder, files by path."""

from __future__ import annotations

import os
import re
import runpy
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import TracebackType

import platformdirs

from axiomkd.errors import AxiomkdError, DeclarationError, UnknownName
from axiomkd.language import toml
from axiomkd.language.signature import nearest
from axiomkd.operator import Declared, Operator, load_toml, operator_in
from axiomkd.operators import CATALOGUE

GROUP = "axiomkd.operators"
"""The entry point group by which a package brings operators."""


@dataclass
class Registry:
    """The operators by id, in order, and one line for everything that could not be loaded."""

    operators: dict[str, Operator] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)

    def add(self, operator: Operator, where: str) -> bool:
        if operator.id in self.operators:
            self.problems.append(f"{where}: expected an id of its own, got {operator.id}, which is taken")
            return False
        self.operators[operator.id] = operator
        return True


def registry() -> Registry:
    """Everything registered: catalogue, entry points of packages, then the user's folder."""
    found = Registry()
    for declared in CATALOGUE:
        found.add(declared(), "catalogue")
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        _add_entry(found, entry)
    for path in user_files():
        _add_file(found, path)
    return found


def operators() -> tuple[Operator, ...]:
    """Every registered operator, the catalogue first.

    >>> [operator.id for operator in operators()][:3]
    ['linear', 'geometric', 'harmonic']
    """
    return tuple(registry().operators.values())


def find_operator(name: str) -> Operator:
    """The operator with an id, in a TOML file, or in a Python file: ``my_ops.py:sqrt_pool``.

    A Python file is executed, as ``python my_ops.py`` would.

    >>> find_operator("linear").value
    Sum(w[k]*p[k,i], k)

    :raises UnknownName: with the nearest ids, when nothing is registered under the name.
    :raises AxiomkdError: when a file does not declare an operator.
    """
    found = registry()
    if name in found.operators:
        return found.operators[name]
    if name.endswith(".toml"):
        return load_toml(name)
    if match := re.fullmatch(r"(.+\.py):(\w+)", name, re.DOTALL):
        return load_python(Path(match[1]), match[2])
    if name.endswith(".py"):
        raise DeclarationError(f"expected file.py:function, got {name!a}")
    broken = [line for line in found.problems if f"{_file_name(name)}:" in line]
    hint = f"; {broken[0]}" if broken else nearest(name, found.operators)
    raise UnknownName(f"expected an operator's id, a .toml file or file.py:function, got {name[:80]!a}{hint}")


def load_python(path: Path, name: str) -> Operator:
    """The operator that a function of a Python file declares; the file is executed.

    :raises DeclarationError: when the file fails or declares no such operator.
    """
    if not path.is_file():
        raise DeclarationError(f"{path}: expected a Python file, got none")
    with _UserCode(str(path)):
        declared = runpy.run_path(str(path))
    names = [known for known, value in declared.items() if isinstance(value, Declared | Operator)]
    if name not in names:
        got = f"a {type(declared[name]).__name__}" if name in declared else "none"
        hint = nearest(name, names)
        raise DeclarationError(f"{path}: expected an operator {name} declared by @operator, got {got}{hint}")
    with _UserCode(f"{path}:{name}"):
        return _made(declared[name])


def _made(value: object) -> Operator:
    result = value() if isinstance(value, Declared) else value
    if not isinstance(result, Operator):
        raise DeclarationError(f"expected a function declared by @operator, got {type(value).__name__}")
    return result


class _UserCode:
    """Where foreign code runs, which may raise anything: every failure becomes one line that says where."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, AxiomkdError):
            raise type(error)(f"{self.where}: {error}") from None
        if isinstance(error, Exception | SystemExit):
            message = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise DeclarationError(f"{self.where}: expected code that runs, got {message}") from error


# The user's folder


def user_folder() -> Path:
    """The folder of the user's operators: AXIOMKD_HOME, or the platform's place for user data."""
    home = os.environ.get("AXIOMKD_HOME")
    return (Path(home) if home else platformdirs.user_data_path("axiomkd")) / "operators"


def user_files() -> list[Path]:
    return sorted(user_folder().glob("*.toml"))


def register(path: str | Path) -> Operator:
    """Check a TOML declaration and keep it in the user's folder.

    :raises DeclarationError: when it is none, its id is taken, or the folder cannot be written.
    """
    text = toml.read_text(Path(path))
    operator = operator_in(text, Path(path))
    target = user_folder() / _file_name(operator.id)
    if operator.id in registry().operators or target.exists():
        raise DeclarationError(f"{path}: expected an id that is not taken, got {operator.id}")
    try:
        _write(target, text)
    except OSError as error:
        raise DeclarationError(
            f"{target}: expected a folder that can be written, got {error.strerror}"
        ) from None
    return operator


def unregister(id: str) -> Path:
    """Remove an operator from the user's folder; the path that it had.

    :raises UnknownName: when the user's folder has no such operator.
    :raises DeclarationError: when it cannot be removed.
    """
    files = registry().files
    path = files.get(id, user_folder() / _file_name(id))
    try:
        path.unlink()
    except FileNotFoundError:
        hint = nearest(id, files)
        raise UnknownName(f"expected the id of a registered operator, got {id[:80]!a}{hint}") from None
    except OSError as error:
        raise DeclarationError(f"{path}: expected a file that can be removed, got {error.strerror}") from None
    return path


def _file_name(id: str) -> str:
    """A file name of its own for each id: no id contains an underscore."""
    return f"{id.replace('/', '_')}.toml"


def _write(target: Path, text: str) -> None:
    """Write a whole file or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(name, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _add_file(found: Registry, path: Path) -> None:
    try:
        operator = load_toml(path)
    except AxiomkdError as error:
        found.problems.append(str(error))
        return
    if found.add(operator, str(path)):
        found.files[operator.id] = path


def _add_entry(found: Registry, entry: EntryPoint) -> None:
    where = f"entry point {entry.name} = {entry.value}"
    try:
        with _UserCode(where):
            operator = _made(entry.load())
    except AxiomkdError as error:
        found.problems.append(str(error))
        return
    found.add(operator, where)
