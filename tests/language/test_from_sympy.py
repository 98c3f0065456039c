"""SymPy declarations mean what the same text means, and nothing cancels before the kernel sees it."""

import pytest
import sympy

from axiomkd.errors import DeclarationError
from axiomkd.language.from_sympy import from_sympy
from axiomkd.language.parse import parse
from axiomkd.language.symbols import unevaluated
from axiomkd.theories.ensemble import (
    ENSEMBLE,
    Delta,
    K,
    Max,
    Min,
    Piecewise,
    Product,
    Rational,
    Sum,
    T,
    V,
    exp,
    i,
    invdigamma,
    j,
    k,
    l,
    log,
    normalised,
    over_outcomes,
    over_teachers,
    p,
    raw,
    sqrt,
    w,
)


def translate(build):
    with unevaluated():
        expression = build()
    return from_sympy(expression, ENSEMBLE)


@pytest.mark.parametrize(
    ("build", "text"),
    [
        (lambda: Sum(w[k] * p[k, i], over_teachers(k)), "Sum(w[k]*p[k,i], k)"),
        (lambda: Sum(w[k] * sqrt(p[k, i]), over_teachers(k)), "Sum(w[k]*sqrt(p[k,i]), k)"),
        (
            lambda: normalised(Product(p[k, i] ** w[k], over_teachers(k))),
            "Prod(p[k,i]**w[k], k)*Sum(Prod(p[k,j]**w[k], k), j)**(-1)",
        ),
        (lambda: Max(p[k, i], over_teachers(k)), "Max(p[k,i], k)"),
        (lambda: Min(p[k, i], over_teachers(k)), "Min(p[k,i], k)"),
        (lambda: Max(0, p[1, i]), "Max(0, p[1,i])"),
        (lambda: p[1, i] / p[1, i], "p[1,i]/p[1,i]"),
        (lambda: p[1, i] - p[1, i], "p[1,i] - p[1,i]"),
        (lambda: exp(log(p[1, i])), "exp(log(p[1,i]))"),
        (lambda: invdigamma(log(p[1, i]) + 2), "invdigamma(log(p[1,i]) + 2)"),
        (lambda: sympy.Function("invdigamma")(p[1, i]), "invdigamma(p[1,i])"),
        (lambda: (p[1, i] ** 2) ** Rational(1, 2), "(p[1,i]**2)**(1/2)"),
        (lambda: 0 * log(p[1, i]), "0*log(p[1,i])"),
        (lambda: 1 / V, "1/V"),
        (lambda: p[1, i] / 2 / K, "p[1,i]/2/K"),
        (lambda: 2 * p[1, i] / 3, "2*p[1,i]/3"),
        (lambda: -p[1, i], "-p[1,i]"),
        (lambda: w[1] - 2 * p[1, i] - 1, "w[1] - 2*p[1,i] - 1"),
        (lambda: Delta(i, 1), "Delta(i, 1)"),
        (lambda: Sum(Delta(i, j) * p[1, j], over_outcomes(j)), "Sum(Delta(i,j)*p[1,j], j)"),
        (
            lambda: Piecewise((w[1], p[1, i] >= Rational(1, 2)), (0, sympy.Ne(i, 2)), (1, True)),
            "Piecewise((w[1], p[1,i] >= 1/2), (0, i != 2), (1, True))",
        ),
        (
            lambda: Sum(w[k] * raw[k, i] ** (1 / (1 + T[k])), over_teachers(k)),
            "Sum(w[k]*raw[k,i]**(1/(1 + T[k])), k)",
        ),
        (lambda: Sum(p[k, j], over_teachers(k), over_outcomes(j)), "Sum(Sum(p[k,j], k), j)"),
        (lambda: log(p[1, i], 2), "log(p[1,i])/log(2)"),
        (lambda: Sum(Max(p[k, i] - p[l, i], 0), over_teachers(k), over_teachers(l)), None),
    ],
)
def test_means_what_the_text_means(build, text):
    value = translate(build)
    assert parse(repr(value), ENSEMBLE) is value
    if text is not None:
        assert value is parse(text, ENSEMBLE)


def test_normalising_sums_over_the_free_index_alone():
    value = translate(lambda: normalised(p[1, i] / Sum(p[1, j] * p[1, i], over_outcomes(j))))
    text = "p[1,{0}]/Sum(p[1,j]*p[1,{0}], j)"
    expected = f"{text.format('i')}*Sum({text.format('h')}, h)**(-1)"
    assert value is parse(expected, ENSEMBLE)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: p[k, i], "p[k, i]: the index k is bound by no Sum, Product, Max or Min"),
        (lambda: p[1, j], "the index j is bound by no"),
        (lambda: Sum(w[k], over_teachers(k)) * w[k], "w[k]: the index k is bound by no"),
        (lambda: 0.3 * p[1, i], "got the float 0.3; write Rational(3, 10)"),
        (lambda: sympy.Abs(p[1, i]) + 1, "Abs(p[1, i]): expected a function of the grammar, got Abs"),
        (lambda: sympy.sin(p[1, i]), "got sin"),
        (lambda: sympy.pi * p[1, i], "got Pi"),
        (lambda: sympy.oo, "got Infinity"),
        (lambda: sympy.nan, "got NaN"),
        (lambda: sympy.I, "got ImaginaryUnit"),
        (lambda: sympy.Symbol("x"), "got 'x'"),
        (lambda: sympy.Symbol("k") + 1, "got the teacher index k"),
        (lambda: sympy.IndexedBase("q")[1, i], "got q[1, i]"),
        (lambda: p[1], "got p[1]"),
        (lambda: p[i, 1], "expected the index of teacher or its number, got i"),
        (lambda: p[0, i], "expected the index of teacher or its number, got 0"),
        (lambda: Sum(w[k], (k, 1, V)), "expected a range over a sort"),
        (lambda: Sum(w[k], (k, 2, K)), "expected a range over a sort"),
        (lambda: Sum(w[k], (k, 1, 3)), "expected a range over a sort"),
        (lambda: 1 / sympy.Integer(0), "not the number 0"),
        (lambda: Piecewise((w[1], sympy.And(p[1, i] > 0, w[1] > 0)), (0, True)), "expected one comparison"),
        (lambda: Piecewise((w[1], p[1, i] > 0)), "a last branch (.., True)"),
        (lambda: Piecewise((w[1], i < 2), (0, True)), "expected Eq or Ne between indices"),
        (lambda: p[1, i] ** 10**6, "tower of powers"),
    ],
)
def test_refuses_naming_the_smallest_part_at_fault(build, words):
    with pytest.raises(DeclarationError) as error:
        translate(build)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_refuses_deep_expressions():
    expression = p[1, i]
    for _ in range(60):
        expression = exp(expression)
    with pytest.raises(DeclarationError, match="nested"):
        from_sympy(expression, ENSEMBLE)
