"""The grammar of declarations: what it reads, what it refuses and where, and that it evaluates nothing."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from axiomkd.errors import ParseError
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    InverseDigamma,
    Less,
    Literal,
    Log,
    Multiply,
    Number,
    Power,
    Same,
    Size,
    Variable,
    big,
    show,
    term,
)
from axiomkd.language.parse import parse
from axiomkd.language.tokens import MAX_DEPTH, MAX_DIGITS, MAX_TEXT, MAX_TOKENS
from axiomkd.theories.ensemble.signature import ENSEMBLE

k, m, i, j = Free("k", "teacher"), Free("m", "teacher"), Free("i", "outcome"), Free("j", "outcome")
first = Literal(1, "teacher")
p1 = Variable("p", first, i)


def read(text, **parameters):
    return parse(text, ENSEMBLE, parameters)


def refused(text, **parameters):
    with pytest.raises(ParseError) as error:
        read(text, **parameters)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("p[1,i]", p1),
        ("1/V", Power(Size("outcome"), Number(Fraction(-1)))),
        ("1/2", Number(Fraction(1, 2))),
        ("0.1", Number(Fraction(1, 10))),
        (".5", Number(Fraction(1, 2))),
        ("25e-2", Number(Fraction(1, 4))),
        ("-1/2", Number(Fraction(-1, 2))),
        ("1 - 0.4", Number(Fraction(3, 5))),
        ("2*3", Number(Fraction(6))),
        ("p[1,i]/2", Multiply(p1, Number(Fraction(1, 2)))),
        ("2/p[1,i]", Multiply(Number(Fraction(2)), Power(p1, Number(Fraction(-1))))),
        ("-p[1,i]", Multiply(Number(Fraction(-1)), p1)),
        ("-p[1,i]**2", Multiply(Number(Fraction(-1)), Power(p1, Number(Fraction(2))))),
        ("p[1,i]**-1", Power(p1, Number(Fraction(-1)))),
        ("p[1,i]**V**K", Power(p1, Power(Size("outcome"), Size("teacher")))),
        ("sqrt(p[1,i])", Power(p1, Number(Fraction(1, 2)))),
        ("p[1,i]/p[1,i]", Multiply(p1, Power(p1, Number(Fraction(-1))))),
        ("p[1,i] - p[1,i]", Add(p1, Multiply(Number(Fraction(-1)), p1))),
        ("(p[1,i] + V) + K", Add(Add(p1, Size("outcome")), Size("teacher"))),
        ("Max(p[1,i], 0)", Extreme("maximum", p1, ZERO)),
        ("Delta(i, 1)", If(Same(i, Literal(1, "outcome")), ONE, ZERO)),
        ("Piecewise((p[1,i], True))", p1),
        ("\n  p[1,\n i]\t", p1),
    ],
)
def test_reads(text, value):
    assert read(text) is value


@pytest.mark.parametrize(
    ("condition", "formula"),
    [
        ("p[1,i] < V", Less(p1, Size("outcome"))),
        ("p[1,i] > V", Less(Size("outcome"), p1)),
        ("p[1,i] <= V", AtMost(p1, Size("outcome"))),
        ("p[1,i] >= V", AtMost(Size("outcome"), p1)),
        ("p[1,i] == V", Equal(p1, Size("outcome"))),
        ("p[1,i] != V", Different(p1, Size("outcome"))),
        ("i == 2", Same(i, Literal(2, "outcome"))),
        ("2 != i", Distinct(Literal(2, "outcome"), i)),
    ],
)
def test_reads_conditions(condition, formula):
    assert read(f"Piecewise((V, {condition}), (K, True))") is If(formula, Size("outcome"), Size("teacher"))


def test_branches_nest():
    value = read("Piecewise((1, i == 1), (2, i == 2), (3, True))")
    assert value.otherwise is If(Same(i, Literal(2, "outcome")), term(2), term(3))


@pytest.mark.parametrize("word", ["Sum", "Prod", "Max", "Min"])
def test_binds_an_index_of_either_sort(word):
    kind = {"Sum": "sum", "Prod": "product", "Max": "maximum", "Min": "minimum"}[word]
    pki = Variable("p", k, i)
    assert read(f"{word}(p[k,i], k)") is big(kind, k, pki)
    assert read(f"{word}(p[1,j], j)") is big(kind, j, Variable("p", first, j))


def test_the_name_of_a_bound_index_does_not_matter():
    assert read("Sum(w[k]*Sum(p[k,j], j), k)") is read("Sum(w[m]*Sum(p[m,h], h), m)")


def test_the_inner_index_shadows_the_outer_one():
    assert read("Sum(w[k]*Sum(w[k], k), k)") is read("Sum(w[k]*Sum(w[l], l), k)")


def test_parameters_stand_for_their_exact_numbers():
    assert read("p[1,i]**r", r=Fraction(1, 3)) is Power(p1, Number(Fraction(1, 3)))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("p[k,i]", "column 1", "p[k,i]: the index k is bound by no Sum, Prod, Max or Min"),
        ("V + p[k,i]", "column 5", "the index k is bound by no"),
        ("Sum(p[1,j], k)", "column 5", "the free outcome index is i"),
        ("Sum(w[k], k)*w[k]", "column 14", "w[k]: the index k is bound by no"),
        ("Piecewise((1, k == l), (0, True))", "column 15", "k: the index k is bound by no"),
        ("foo", "column 1", "'foo'"),
        ("sum(w[k], k)", "column 1", "did you mean Sum"),
        ("2*Sun(w[k], k)", "column 3", "did you mean Sum"),
        ("k", "column 1", "expected a number, got the teacher index k"),
        ("w", "column 1", "expected w[k], got w without its indices"),
        ("w[i]", "column 3", "expected the index of teacher as in w[k], got 'i'"),
        ("p[i,k]", "column 3", "expected the index of teacher as in p[k,i]"),
        ("p[1]", "column 4", "expected ',' as in p[k,i], got ']'"),
        ("p[0,i]", "column 3", "expected an index from 1 on"),
        ("p[1.5,i]", "column 3", "expected an index from 1 on"),
        ("p[1,i", "column 6", "got the end"),
        ("Sum(w[k])", "column 1", "got no index"),
        ("Sum(w[k], k", "column 12", "expected ')' to close Sum"),
        ("Max(p[1,i], k, l)", "column 14", "expected ')' to close Max"),
        ("1/0", "column 3", "not the number 0"),
        ("2 p[1,i]", "column 3", "expected an operation or the end"),
        ("p[1,i] == 2", "column 8", "expected an operation or the end, got '=='"),
        ("", "column 1", "got the end"),
        ("exp()", "column 5", "got ')'"),
        ("Delta(1, 2)", "column 1", "expected an index"),
        ("Delta(i, w[1])", "column 1", "expected the index of outcome or its number"),
        ("Sum(Delta(i, k), k)", "column 5", "two indices of one sort"),
        ("Piecewise((1, i < 2), (0, True))", "column 17", "expected == or != between indices"),
        ("Piecewise((1, w[1]), (0, True))", "column 19", "expected a comparison or True"),
        ("Piecewise((1, w[1] < 2))", "column 24", "a last branch (.., True)"),
        ("V +\n  foo", "line 2, column 3", "'foo'"),
    ],
)
def test_says_what_and_where(text, place, words):
    message = refused(text)
    assert message.startswith(f"{place}: ")
    assert words in message


@pytest.mark.parametrize(
    "text",
    [
        "p.__class__",
        "().__class__.__bases__[0]",
        "__import__('os').system('true')",
        "eval(1)",
        "lambda x: 1",
        "'a'",
        '"""a"""',
        "f'{V}'",
        "[w[k] for k in w]",
        "(V := 3)",
        "V if V else K",
        "not V",
        "V and K",
        "None",
        "True",
        "V; K",
        "V # comment",
        "V\\\nK",
        "{V}",
        "@V",
        "V // K",
        "V % K",
        "V ^ K",
        "~V",
        "0x10",
        "1_000",
        "1j",
        "nan",
        "inf",
        "*V",
        "Sum(w[k], k=1)",
        "Sum(*w)",
        "w[k][k]",
        "w[1:2]",
        "p[-1,i]",
        "\N{CYRILLIC SMALL LETTER ER}[1,i]",
        "\N{FULLWIDTH LATIN SMALL LETTER P}[1,i]",
        "p[\N{ARABIC-INDIC DIGIT ONE},i]",
        "V\N{NO-BREAK SPACE}",
        "V\x00",
        "\N{RIGHT-TO-LEFT OVERRIDE}V",
    ],
)
def test_refuses_what_is_python_but_not_the_grammar(text):
    assert "column " in refused(text)


def test_names_the_code_of_a_lookalike():
    assert "U+0440" in refused("\N{CYRILLIC SMALL LETTER ER}[1,i]")


@pytest.mark.parametrize(
    "text",
    [
        "10**10**10",
        "V**(10**10)",
        "p[1,i]**100000",
        "((p[1,i]**100)**100)**100",
        "p[1,i]**(2**2**2**2**2)",
        "p[1,i]**exp(exp(exp(100)))",
        "p[1,i]**(1/(1 - 1))",
    ],
)
def test_refuses_towers_of_powers(text):
    assert "column " in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "(" * (MAX_DEPTH + 1) + "V" + ")" * (MAX_DEPTH + 1),
        "-" * 1_500 + "V",
        "V" + "**V" * 500,
        "exp(" * 300 + "V" + ")" * 300,
        "Piecewise(" + "(1, V < 2), " * 100 + "(0, True))",
        "V + " * MAX_TOKENS + "V",
        "V" * (MAX_TEXT + 1),
        "9" * (MAX_DIGITS + 1),
        "1e999999999",
        "1e-41",
        "1e" + "9" * 5000,
    ],
)
def test_refuses_what_is_too_large(text):
    assert "column " in refused(text)


def test_a_long_text_is_refused_before_it_is_read():
    assert refused("\x00" * (MAX_TEXT + 1)).endswith(
        f"expected at most {MAX_TEXT} characters, got {MAX_TEXT + 1}"
    )


def test_the_limits_can_be_reached():
    assert read("(" * (MAX_DEPTH - 1) + "V" + ")" * (MAX_DEPTH - 1)) is Size("outcome")
    assert read("9" * MAX_DIGITS) is term(int("9" * MAX_DIGITS))
    assert len(read("V" + " + V" * (MAX_TOKENS // 2 - 1)).parts) == MAX_TOKENS // 2


@settings(max_examples=300)
@given(st.text(max_size=40) | st.text("pwTKVkij[],()+-*/0123456789. <=SumMax", max_size=40))
def test_any_text_is_read_or_refused_in_one_line(text):
    try:
        value = read(text)
    except ParseError as error:
        assert "column " in str(error)
        assert "\n" not in str(error)
    else:
        assert parse(show(value), ENSEMBLE) is value


numbers = st.fractions(-5, 5, max_denominator=9)
teacher_indices = st.sampled_from((k, m, first))
outcome_indices = st.sampled_from((i, j, Literal(2, "outcome")))
leaves = st.one_of(
    numbers.map(term),
    st.builds(lambda a, b: Variable("p", a, b), teacher_indices, outcome_indices),
    st.builds(lambda a: Variable("w", a), teacher_indices),
    st.sampled_from((Size("teacher"), Size("outcome"))),
)


def product_of(factors):
    """Flat, and no two leading numbers: what the grammar's own products look like."""
    flat = [
        part for factor in factors for part in (factor.parts if isinstance(factor, Multiply) else (factor,))
    ]
    leading = isinstance(flat[0], Number) and isinstance(flat[1], Number)
    return Multiply(Size("outcome"), *flat) if leading else Multiply(*flat)


def sum_of(parts):
    return Add(Size("teacher"), *parts) if all(isinstance(part, Number) for part in parts) else Add(*parts)


def larger(terms):
    pairs = st.lists(terms, min_size=2, max_size=3)
    comparisons = st.builds(
        lambda kind, left, right: kind(left, right),
        st.sampled_from((Less, AtMost, Equal, Different)),
        terms,
        terms,
    )
    same = st.builds(lambda kind, left: kind(left, k), st.sampled_from((Same, Distinct)), teacher_indices)
    return st.one_of(
        pairs.map(sum_of),
        pairs.map(product_of),
        st.builds(Power, terms, numbers.map(term)),
        terms.map(Exp),
        terms.map(Log),
        terms.map(InverseDigamma),
        st.builds(
            lambda kind, index, body: big(kind, index, body),
            st.sampled_from(("sum", "product", "maximum", "minimum")),
            st.sampled_from((k, m, j)),
            terms,
        ),
        pairs.map(lambda parts: Extreme("maximum", *parts)),
        st.builds(If, comparisons | same, terms, terms),
    )


def closed(value):
    """The term with every index bound but the free one of the signature."""
    for index in sorted(value.free - {i}, key=lambda index: index.name):
        value = big("sum", index, value)
    return value


@settings(max_examples=300)
@given(st.recursive(leaves, larger, max_leaves=12).map(closed))
def test_reads_back_what_is_shown(value):
    assert parse(show(value), ENSEMBLE) is value
