"""Declaring an operator: in a file, as text, in Python; and every way in which that can go wrong."""

import subprocess
import sys
from fractions import Fraction

import pytest

from axiomkd.errors import AxiomkdError, DeclarationError, ParseError, UnknownName
from axiomkd.language.parse import parse
from axiomkd.language.toml import MAX_FILE
from axiomkd.operator import Operator, load_toml, operator
from axiomkd.theories.ensemble.signature import ENSEMBLE

GOOD = """
[operator]
id = "sqrt-pool"
theory = "ensemble"
title = "Square-root pool"
source = "nowhere"
mass = "Sum(w[k]*sqrt(p[k,i]), k)"
"""


def write(folder, text):
    path = folder / "pool.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_declares_an_operator(tmp_path):
    found = load_toml(write(tmp_path, GOOD))
    assert found.id == "sqrt-pool"
    assert found.title == "Square-root pool"
    assert found.source == "nowhere"
    assert found.text == "Sum(w[k]*sqrt(p[k,i]), k)"
    assert found.written == "mass"
    mass = "Sum(w[k]*sqrt(p[k,{}]), k)"
    written_out = f"{mass.format('i')}*Sum({mass.format('j')}, j)**(-1)"
    assert found.value is parse(written_out, ENSEMBLE)


def test_an_expr_is_taken_as_it_stands():
    assert Operator.declare("one", expr="p[1,i]/p[1,i]").value is parse("p[1,i]/p[1,i]", ENSEMBLE)


def test_decimals_sizes_and_parameters_are_exact(tmp_path):
    text = '[operator]\nid = "a"\nK = 2\nV = 3\nexpr = "p[2,i]**r + s"\n[parameters]\nr = 0.1\ns = "-1/3"\n'
    found = load_toml(write(tmp_path, text))
    assert found.value is parse("p[2,i]**(1/10) - 1/3", ENSEMBLE)
    assert found.parameters == (("r", Fraction(1, 10)), ("s", Fraction(-1, 3)))
    assert found.sizes == (("teacher", 2), ("outcome", 3))


def test_a_size_may_be_bounded_from_below(tmp_path):
    found = load_toml(write(tmp_path, '[operator]\nid = "a"\nK = ">= 2"\nexpr = "1/(K - 1)/V"\n'))
    assert (found.sizes, found.least, found.any_sizes) == ((), (("teacher", 2),), False)
    assert found.to_tables()["operator"]["K"] == ">= 2"


def test_a_bound_that_every_size_keeps_is_none():
    assert Operator.declare("a", expr="1/V", sizes={"K": ">= 1", "V": ">=2"}).any_sizes


def test_a_base_is_read_as_the_operator_is():
    found = Operator.declare("t", mass="raw[1,i]**(1/(1 + T[1]))", base="p[1,i]")
    assert found.base is parse("p[1,i]*Sum(p[1,j], j)**(-1)", ENSEMBLE)
    assert found.base_text == "p[1,i]"


IMPLICIT = '[operator]\nid = "a"\nexpr = "V"\nunknown = "{}"\nequation = "{}"\n'
"""A declaration with an unknown and its equation."""


@pytest.mark.parametrize(
    "found",
    [
        Operator.declare("a", mass="p[1,i]", title="A", source="B"),
        Operator.declare("b", expr="p[2,i]**r", sizes={"K": 2}, parameters={"r": Fraction(1, 3)}),
        Operator.declare("c", expr="raw[1,i]", base="p[1,i]"),
        Operator.declare("d", mass="p[1,i]", sizes={"K": ">= 2", "V": 3}),
    ],
    ids=lambda found: found.id,
)
def test_its_tables_make_the_same_operator_again(found):
    assert Operator.from_tables(found.to_tables()) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[operator\n", "at line 1"),
        ('[operator]\nid = "a"\nid = "b"\n', "at line 3"),
        ('[operator]\nid = "a\nexpr = "V"', "at line 2"),
        ("", "expected the table [operator], got none"),
        ("operator = 3", "expected the table [operator], got '3'"),
        ("[[operator]]\n", "expected the table [operator], got a list"),
        ('[operator]\nid = "a"\nexpr = "V"\n[operators]\n', "did you mean operator"),
        ('[operator]\nexpr = "V"', "expected the key id, got none"),
        ('[operator]\nid = "a"', "expected one of mass and expr, got neither"),
        ('[operator]\nid = "a"\nexpr = "V"\nmass = "V"', "expected one of mass and expr, got both"),
        ('[operator]\nid = "a"\nmas = "V"', "did you mean mass"),
        ('[operator]\nid = 3\nexpr = "V"', "id: expected a text in quotes, got '3'"),
        ('[operator]\nid = "a"\nexpr = 3', "expr: expected a text in quotes, got '3'"),
        ('[operator]\nid = "a"\nexpr = ["V"]', "expr: expected a text in quotes, got a list"),
        ('[operator]\nid = "a"\nexpr = "V"\ntitle = true', "title: expected a text in quotes, got true"),
        ('[operator]\nid = "a"\nexpr = "V"\ntitle = "a\\nb"', "title: expected one printable line"),
        ('[operator]\nid = "a"\nexpr = "V"\nsource = "\\u001b[2J"', "source: expected one printable line"),
        ('[operator]\nid = "A"\nexpr = "V"', "id: expected letters a-z"),
        ('[operator]\nid = ""\nexpr = "V"', "id: expected letters a-z"),
        ('[operator]\nid = "../a"\nexpr = "V"', "id: expected letters a-z"),
        ('[operator]\nid = "a b"\nexpr = "V"', "id: expected letters a-z"),
        ('[operator]\nid = "a\\n"\nexpr = "V"', "id: expected"),
        ('[operator]\nid = "\N{CYRILLIC SMALL LETTER A}"\nexpr = "V"', "id: expected letters a-z"),
        ('[operator]\nid = "a"\nexpr = "V"\nK = 0', "integer from 1 to 1000 or \">= n\", got '0'"),
        ('[operator]\nid = "a"\nexpr = "V"\nV = 1', "integer from 2 to 1000 or \">= n\", got '1'"),
        ('[operator]\nid = "a"\nexpr = "V"\nK = -1', "K: expected an integer"),
        ('[operator]\nid = "a"\nexpr = "V"\nK = true', 'integer from 1 to 1000 or ">= n", got true'),
        ('[operator]\nid = "a"\nexpr = "V"\nK = 2.0', "K: expected an integer"),
        ('[operator]\nid = "a"\nexpr = "V"\nK = "2"', "K: expected an integer"),
        ('[operator]\nid = "a"\nexpr = "V"\nK = 1001', "K: expected an integer"),
        ('[operator]\nid = "a"\nexpr = "V"\nK = "> 2"', "K: expected an integer"),
        ('[operator]\nid = "a"\nexpr = "V"\nK = ">= 1001"', "or \">= n\", got '>= 1001'"),
        ('[operator]\nid = "a"\nexpr = "V"\nV = ">= 1"', "V: expected an integer from 2 to 1000"),
        ('[operator]\nid = "a"\nexpr = "p[2,i]"\nK = ">= 2"', "expected K fixed to at least 2"),
        ('[operator]\nid = "a"\nexpr = "p[2,i]"', "expected K fixed to at least 2, since it names teacher 2"),
        ('[operator]\nid = "a"\nexpr = "p[3,i]"\nK = 2', "expected K fixed to at least 3"),
        ('[operator]\nid = "a"\nexpr = "p[1,3]"', "expected V fixed to at least 3, since it names outcome 3"),
        ('[operator]\nid = "a"\nexpr = "p[k,i]"', "[operator] expr, column 1: p[k,i]: the index k"),
        ('[operator]\nid = "a"\nexpr = "V"\nbase = "foo"', "[operator] base, column 1: expected a name"),
        ('[operator]\nid = "a"\nexpr = "V"\nbase = "raw[1,i]"', "base: expected a formula at temperature 1"),
        (
            '[operator]\nid = "a"\nexpr = "c"\nunknown = "c"',
            "expected the key equation beside unknown, got none",
        ),
        (IMPLICIT.format("c", "c"), "[operator] equation, column 2: expected one of ==, got the end"),
        (IMPLICIT.format("c", "c >= 1"), "equation, column 3: expected one of ==, got '>='"),
        (IMPLICIT.format("c", "V == 1"), "equation: expected an equation in c, got one without it"),
        (
            IMPLICIT.format("z[k]", "z[k] == 1"),
            "expected a name, perhaps with the index i, as c or z[i], got",
        ),
        (IMPLICIT.format("c1", "c1 == 1"), "unknown: expected a name of its own that no digit ends, got c1"),
        (IMPLICIT.format("p", "p == 1"), "unknown: expected a name of its own that no digit ends, got p"),
        (
            IMPLICIT.format("c", "c == 1") + 'base = "p[1,i]"',
            "base: expected none for an operator with an unknown",
        ),
        (IMPLICIT.format("c", "c == 1") + 'where = "c > 0"', "where: expected a list of texts, got 'c > 0'"),
        (
            IMPLICIT.format("c", "c == 1") + 'where = ["c"]',
            "where, column 2: expected one of <= >= < > == !=",
        ),
        (IMPLICIT.format("c", "c == p[2,1]"), "expected K fixed to at least 2, since it names teacher 2"),
        ('[operator]\nid = "a"\ntheory = "nsemble"\nexpr = "V"', "did you mean ensemble"),
        ('[operator]\nid = "a"\ntheory = "../x"\nexpr = "V"', "expected a theory (ensemble"),
        ('[operator]\nid = "a"\nexpr = "r"\n[parameters]\nr = true', "r: expected a number, got true"),
        ('[operator]\nid = "a"\nexpr = "r"\n[parameters]\nr = "1/0"', "r: expected a number"),
        ('[operator]\nid = "a"\nexpr = "r"\n[parameters]\nr = [1]', "r: expected a number, got a list"),
        ('[operator]\nid = "a"\nexpr = "V"\n[parameters]\nV = 1', "the grammar does not have, got V"),
        ('[operator]\nid = "a"\nexpr = "V"\n[parameters]\nk = 1', "the grammar does not have, got k"),
        ('[operator]\nid = "a"\nexpr = "V"\n[parameters]\nexp = 1', "the grammar does not have, got exp"),
        ('[operator]\nid = "a"\nexpr = "V"\n[parameters]\n"a-b" = 1', "expected a name"),
        ('[operator]\nid = "a"\nexpr = "r"\n[parameters]\nr = nan', "expected TOML"),
        ('[operator]\nid = "a"\nexpr = "r"\n[parameters]\nr = inf', "expected TOML"),
        ('[operator]\nid = "a"\nexpr = "r"\n[parameters]\nr = 1e999999999', "expected TOML"),
        (f'[operator]\nid = "a"\nexpr = "V"\nK = {"9" * 5000}', "expected TOML"),
        ("a = " + "[" * 20_000, "nested too deeply"),
        ("#" * (MAX_FILE + 1), "at most"),
        (b'[operator]\nid = "\xff"', "UTF-8"),
        (b"\x00", "expected TOML"),
    ],
)
def test_a_bad_file_gets_one_line(tmp_path, text, words):
    path = write(tmp_path, text)
    with pytest.raises(AxiomkdError) as error:
        load_toml(path)
    message = str(error.value)
    assert words in message
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert len(message) < 600


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path, "a\x00b.toml"):
        with pytest.raises(DeclarationError, match="expected a"):
            load_toml(path)


def test_nothing_in_a_file_is_evaluated(tmp_path):
    witness = tmp_path / "evaluated"
    text = f"__import__('pathlib').Path('{witness}').touch()"
    for key in ("mass", "expr", "base"):
        other = "" if key != "base" else 'expr = "V"\n'
        with pytest.raises(ParseError):
            load_toml(write(tmp_path, f'[operator]\nid = "a"\n{other}{key} = "{text}"\n'))
    assert not witness.exists()


def test_an_unknown_theory_is_named():
    with pytest.raises(UnknownName, match="expected a theory"):
        Operator.declare("a", theory="no", expr="V")


# Python declarations


def test_the_declaration_of_the_design_runs_as_printed():
    from sympy import Sum, sqrt

    from axiomkd.theories.ensemble import i, k, normalised, over_teachers, p, w

    @operator("sqrt-pool", title="Square-root pool", source="..")
    def sqrt_pool():
        return normalised(Sum(w[k] * sqrt(p[k, i]), over_teachers(k)))

    found = sqrt_pool()
    assert found.value is Operator.declare("sqrt-pool", mass="Sum(w[k]*sqrt(p[k,i]), k)").value
    assert found.title == "Square-root pool"
    assert Operator.from_tables(found.to_tables()) == found


def test_a_python_declaration_keeps_its_denominators():
    from axiomkd.theories.ensemble import i, p

    @operator("one")
    def one():
        return p[1, i] / p[1, i]

    assert one().value is parse("p[1,i]/p[1,i]", ENSEMBLE)


def test_a_python_declaration_may_be_a_mass_a_text_and_fix_sizes():
    @operator("second", written="mass", K=2, base="p[2,i]")
    def second():
        return "p[2,i]**2"

    found = second()
    assert found is second()
    assert found.sizes == (("teacher", 2),)
    assert found.value is parse("p[2,i]**2*Sum(p[2,j]**2, j)**(-1)", ENSEMBLE)
    assert found.base is parse("p[2,i]*Sum(p[2,j], j)**(-1)", ENSEMBLE)


def test_a_python_declaration_runs_when_it_is_first_asked_for():
    calls = []

    @operator("lazy")
    def lazy():
        calls.append(1)
        return "V"

    assert not calls
    lazy()
    lazy()
    assert calls == [1]


def test_errors_of_a_python_declaration_name_it():
    @operator("broken")
    def broken():
        return "foo"

    with pytest.raises(ParseError, match=r"^broken: \[operator\] expr, column 1: "):
        broken()
    with pytest.raises(DeclarationError, match="expected written to be one of mass, expr, got 'other'"):
        operator("a", written="other")


def test_declaring_by_text_never_imports_sympy():
    code = "import sys, axiomkd.registry as r; r.operators(); sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
