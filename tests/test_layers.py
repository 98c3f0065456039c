"""Who may import whom: only what stands earlier in the order of the rooms."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "axiomkd"
ORDER = (
    "version",
    "errors",
    "kernel",
    "language",
    "operator",
    "statement",
    "goal",
    "verdict",
    "certificate",
    "problem",
    "theories",
    "operators",
    "registry",
    "catalogue",
    "provers",
    "worker",
    "attempts",
    "portfolio",
    "recheck",
    "implications",
    "claims",
    "explore",
    "report",
    "export",
    "display",
    "cli",
    "__main__",
)
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
FACADE = Path("__init__.py")
"""The public names; it may import from anywhere, and nothing may import from it but ``__main__``."""


def room(name: str) -> str:
    """The first part of a module's name after the package's."""
    return name.split(".")[1]


def imports(path: Path) -> set[str]:
    """The full names of the modules that a file imports, inside functions too."""
    tree = ast.parse((PACKAGE / path).read_text())
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own_room(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


def allowed(importer: str, imported: str) -> bool:
    return ORDER.index(imported) <= ORDER.index(importer)


@pytest.mark.parametrize("path", [path for path in MODULES if path != FACADE], ids=str)
def test_a_module_imports_only_what_stands_earlier(path):
    assert own_room(path) in ORDER
    rooms = {room(name) for name in imports(path) if name.startswith("axiomkd.")}
    assert {other for other in rooms if not allowed(own_room(path), other)} == set()


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "kernel"], ids=str)
def test_the_kernel_imports_only_itself_the_standard_library_and_flint(path):
    outside = {name for name in imports(path) if not name.startswith(("axiomkd.kernel", "axiomkd.errors"))}
    assert {name.split(".")[0] for name in outside} <= {*sys.stdlib_module_names, "flint"}


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "provers"], ids=str)
def test_provers_never_import_each_other(path):
    if len(path.parts) < 3 and path.name == "__init__.py":
        return
    own = path.parts[1].removesuffix(".py")
    others = {name.split(".")[2] for name in imports(path) if name.startswith("axiomkd.provers.")}
    assert others <= {own}


def test_the_order_can_be_broken():
    assert not allowed("kernel", "language")
    assert not allowed("provers", "portfolio")
    assert allowed("provers", "kernel")
    assert room("axiomkd.kernel.terms.Node") == "kernel"


def test_every_room_of_the_package_is_in_the_order():
    assert {own_room(path) for path in MODULES} - {"__init__"} <= set(ORDER)
