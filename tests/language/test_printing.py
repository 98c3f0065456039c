"""LaTeX and plain text of terms and formulas: exact, with the fewest parentheses."""

import shutil
import subprocess

import pytest

from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Continuous,
    Defined,
    Different,
    Distinct,
    Equal,
    Free,
    Less,
    Literal,
    Permuted,
    Same,
    Tends,
    in_hull,
    variable,
)
from axiomkd.language.parse import parse
from axiomkd.language.to_latex import latex
from axiomkd.language.to_text import text
from axiomkd.registry import operators
from axiomkd.theories.ensemble.signature import ENSEMBLE

k, i = Free("k", "teacher"), Free("i", "outcome")
x = variable("x", i)

TERMS = [
    ("p[1,i]", r"p_{1}(i)", "p_1(i)"),
    ("raw[1,i]", r"\tilde p_{1}(i)", "p̃_1(i)"),
    ("Sum(w[k]*p[k,i], k)", r"\sum_{k=1}^{K} w_{k}\,p_{k}(i)", "Σ_k w_k·p_k(i)"),
    ("Prod(p[k,i]**w[k], k)", r"\prod_{k=1}^{K} p_{k}(i)^{w_{k}}", "Π_k p_k(i)^w_k"),
    ("Max(p[k,i], k)", r"\max_{k} p_{k}(i)", "max_k p_k(i)"),
    ("Max(0, T[1])", r"\max\left\{0, T_{1}\right\}", "max(0, T_1)"),
    ("invdigamma(w[1] + 1)", r"\psi^{-1}\left(w_{1} + 1\right)", "ψ⁻¹(w_1 + 1)"),
    ("1/invdigamma(V)", r"\frac{1}{\psi^{-1}\left(V\right)}", "1/ψ⁻¹(V)"),
    ("1/V", r"\frac{1}{V}", "1/V"),
    ("1/10/V", r"\frac{1}{10\,V}", "1/(10·V)"),
    ("2/3*V", r"\frac{2}{3}\,V", "(2/3)·V"),
    ("2/3*V/K", r"\frac{2}{3}\,\frac{V}{K}", "(2/3)·V/K"),
    ("2*V/K", r"\frac{2\,V}{K}", "(2·V)/K"),
    ("V*2", r"V \cdot 2", "V·2"),
    ("sqrt(V)", r"\sqrt{V}", "√V"),
    ("1/sqrt(V)", r"\frac{1}{\sqrt{V}}", "1/√V"),
    ("sqrt(V)**2", r"\left(\sqrt{V}\right)^{2}", "(√V)^2"),
    ("V**(1/3)", r"V^{1/3}", "V^(1/3)"),
    ("V**(1/T[1])", r"V^{1/T_{1}}", "V^(1/T_1)"),
    ("V**(-w[1])", r"\frac{1}{V^{w_{1}}}", "1/V^w_1"),
    ("-V", "-V", "-V"),
    ("-V**2", "-V^{2}", "-V^2"),
    ("(-V)**2", r"\left(-V\right)^{2}", "(-V)^2"),
    ("(V**2)**2", r"\left(V^{2}\right)^{2}", "(V^2)^2"),
    ("V - 2*K - 1", r"V - 2\,K - 1", "V - 2·K - 1"),
    ("V - (K - 1)", r"V - \left(K - 1\right)", "V - (K - 1)"),
    ("V*(K + 1)", r"V\,\left(K + 1\right)", "V·(K + 1)"),
    ("V + Sum(w[k], k)", r"V + \sum_{k=1}^{K} w_{k}", "V + Σ_k w_k"),
    ("Sum(w[k] + 1, k)", r"\sum_{k=1}^{K} \left(w_{k} + 1\right)", "Σ_k (w_k + 1)"),
    ("V*Sum(w[k], k)", r"V\,\sum_{k=1}^{K} w_{k}", "V·Σ_k w_k"),
    ("Sum(w[k], k)*V", r"\left(\sum_{k=1}^{K} w_{k}\right)\,V", "(Σ_k w_k)·V"),
    ("Sum(w[k], k)**2", r"\left(\sum_{k=1}^{K} w_{k}\right)^{2}", "(Σ_k w_k)^2"),
    ("exp(V)", r"\exp\left(V\right)", "exp(V)"),
    ("log(V + 1)", r"\log\left(V + 1\right)", "log(V + 1)"),
    ("log(p[1,i])*V", r"\left(\log p_{1}(i)\right)\,V", "log(p_1(i))·V"),
    ("Sum(Delta(i,j)*p[1,j], j)", r"\sum_{j=1}^{V} \delta_{ij}\,p_{1}(j)", "Σ_j δ_ij·p_1(j)"),
    ("Delta(i,1)", r"\delta_{i, 1}", "δ_i,1"),
    (
        "Piecewise((V, p[1,i] < 1/2), (K, i != 2), (1, True))",
        r"\begin{cases} V & \text{if } p_{1}(i) < \frac{1}{2} \\ K & \text{if } i \ne 2 "
        r"\\ 1 & \text{otherwise} \end{cases}",
        "{V if p_1(i) < 1/2; K if i ≠ 2; 1 otherwise}",
    ),
    (
        "p[1,i]/Sum(p[1,j]/Sum(p[1,h], h), j)",
        r"\frac{p_{1}(i)}{\sum_{j=1}^{V} \frac{p_{1}(j)}{\sum_{h=1}^{V} p_{1}(h)}}",
        "p_1(i)/(Σ_j p_1(j)/(Σ_h p_1(h)))",
    ),
]


@pytest.mark.parametrize(("source", "in_latex", "plain"), TERMS)
def test_terms(source, in_latex, plain):
    value = parse(source, ENSEMBLE)
    assert latex(value) == in_latex
    assert text(value) == plain


FORMULAS = [
    (Equal(x, ONE), "x_{i} = 1", "x_i = 1"),
    (AtMost(x, variable("theta")), r"x_{i} \le \theta", "x_i ≤ θ"),
    (Less(x, ONE), "x_{i} < 1", "x_i < 1"),
    (Different(x, ONE), r"x_{i} \ne 1", "x_i ≠ 1"),
    (Same(i, Literal(1, "outcome")), "i = 1", "i = 1"),
    (Distinct(k, Free("l", "teacher")), r"k \ne l", "k ≠ l"),
    (Tends(x, ONE), r"x_{i} \to 1", "x_i → 1"),
    (Defined(x), r"x_{i} \text{ is defined}", "x_i is defined"),
    (Continuous(x), r"x_{i} \text{ is continuous}", "x_i is continuous"),
    (
        Equal(variable("w", Permuted(k, "teacher", "sigma")), ONE),
        r"w_{\sigma(k)} = 1",
        "w_\N{GREEK SMALL LETTER SIGMA}(k) = 1",
    ),
    (
        in_hull(k, i, x, variable("p", k, i)),
        r"\left(x_{i}\right)_{i=1}^{V} \in "
        r"\operatorname{conv}\left\{\left(p_{k}(i)\right)_{i=1}^{V} : 1 \le k \le K\right\}",
        "(x_i)_i ∈ conv {(p_k(i))_i : k = 1..K}",
    ),
]


@pytest.mark.parametrize(("formula", "in_latex", "plain"), FORMULAS)
def test_formulas(formula, in_latex, plain):
    assert latex(formula) == in_latex
    assert text(formula) == plain


def test_a_bound_index_never_takes_the_name_of_one_that_stands_free_or_encloses_it():
    for operator in operators():
        assert "_{i=1}" not in latex(operator.value)
    nested = parse("Sum(w[k]/Sum(w[l], l), k)", ENSEMBLE)
    assert text(nested) == "Σ_k w_k/(Σ_l w_l)"


def test_latex_compiles(tmp_path):
    lines = [rf"\[ {latex(operator.value)} \]" for operator in operators()]
    lines += [rf"\[ {in_latex} \]" for _, in_latex, _ in [*TERMS, *FORMULAS]]
    body = "\n".join(lines)
    document = rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "all.tex").write_text(document)
    pdflatex = shutil.which("pdflatex")
    assert pdflatex, "pdflatex is required: see the README's command for the tests"
    command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-1500:]
