"""Jensen's inequality for means that are written out: what it proves, and what it leaves alone."""

import pytest

from axiomkd.attempts import METHODS
from axiomkd.kernel.check import check
from axiomkd.language.problem import Problem

UNIT = tuple((name, "real") for name in "wpqs")
INSIDE = ("w >= 0", "w <= 1", *(f"{name} {sign}" for name in "pqs" for sign in ("> 0", "< 1")))
POSITIVE = tuple((name, "positive") for name in "xyz")
MEAN = "(w*p + (1-w)*q)"
TWO = (
    (("p", "simplex 2"), ("q", "simplex 2")),
    tuple(f"{name}[{number}] > 0" for name in "pq" for number in (1, 2)),
)
NONNEGATIVE = (("a", "nonnegative"), ("b", "nonnegative"))
TRUE = {
    "the exponential and its tangent": ("exp(x) >= 1 + x", (("x", "real"),)),
    "the hyperbolic cosine": ("exp(x) + exp(-x) >= 2", (("x", "real"),)),
    "the logarithm and its tangent": ("log(x) <= x - 1", POSITIVE),
    "the logarithm times a factor": ("x*log(x) >= x - 1", POSITIVE),
    "two tangents": ("exp(x) - log(y) >= 2 + x - y", POSITIVE),
    "roots of a product": ("sqrt(a*b) <= (a + b)/2", NONNEGATIVE),
    "products of roots": ("a**(1/3)*b**(2/3) + sqrt(a)*sqrt(b) <= 5/6*a + 7/6*b", NONNEGATIVE),
    "the geometric normaliser": (
        "sqrt(p[1]*q[1]) + sqrt(p[2]*q[2]) + sqrt(p[3]*q[3]) <= 1",
        (("p", "simplex 3"), ("q", "simplex 3")),
    ),
    "logarithms of sums": (
        "x*log(x/z) + y*log(y/t) >= (x + y)*log((x + y)/(z + t))",
        (*POSITIVE, ("t", "positive")),
    ),
    "Gibbs": ("p[1]*log(p[1]/q[1]) + p[2]*log(p[2]/q[2]) >= 0", *TWO),
    "Gibbs, in terms": ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 0", UNIT, INSIDE),
    "the greatest entropy": ("-p[1]*log(p[1]) - p[2]*log(p[2]) <= log(2)", *TWO),
    "joint convexity": (
        "w*p*log(p/x) + (1-w)*q*log(q/y) >= (w*p + (1-w)*q)*log((w*p + (1-w)*q)/(w*x + (1-w)*y))",
        (*UNIT, *POSITIVE),
        INSIDE,
    ),
    "exponents that sum to one by assumption": (
        "x**p*y**q <= p*x + q*y",
        (*UNIT, *POSITIVE),
        (*INSIDE, "p + q == 1"),
    ),
    "entropy": ("x*log(x)/2 + y*log(y)/2 >= (x + y)/2*log((x + y)/2)", POSITIVE),
    "entropy of three": ("x*log(x) + y*log(y) + z*log(z) >= (x + y + z)*log((x + y + z)/3)", POSITIVE),
    "twice": ("2*x*log(x) + 2*y*log(y) >= 2*(x + y)*log((x + y)/2)", POSITIVE),
    "logarithm": ("w*log(p) + (1-w)*log(q) <= log(w*p + (1-w)*q)", UNIT, INSIDE),
    "with a square beside": ("x*log(x) + y*log(y) + z**2 >= (x + y)*log((x + y)/2)", POSITIVE),
    "divergence": (
        f"{MEAN}*log({MEAN}/s) + (1 - {MEAN})*log((1 - {MEAN})/(1-s)) <= "
        "w*(p*log(p/s) + (1-p)*log((1-p)/(1-s))) + (1-w)*(q*log(q/s) + (1-q)*log((1-q)/(1-s)))",
        UNIT,
        INSIDE,
    ),
    "weighted means": (
        "x**w[1]*y**w[2]*z**w[3] <= w[1]*x + w[2]*y + w[3]*z",
        (*POSITIVE, ("w", "simplex 3")),
    ),
    "weights that are terms": (
        "x**w*y**(1-w) <= w*x + (1-w)*y",
        (*POSITIVE, ("w", "positive")),
        ("w < 1",),
    ),
}  # fmt: skip
FALSE = {
    "roots above their mean": ("sqrt(a*b) >= (a + b)/2", NONNEGATIVE),
    "roots below less than their mean": ("sqrt(a*b) <= (a + b)/3", NONNEGATIVE),
    "a divergence below zero": ("p[1]*log(p[1]/q[1]) + p[2]*log(p[2]/q[2]) <= 0", *TWO),
    "a divergence too far above": ("p[1]*log(p[1]/q[1]) + p[2]*log(p[2]/q[2]) >= 1/1000", *TWO),
    "less than the greatest entropy": ("-p[1]*log(p[1]) - p[2]*log(p[2]) <= log(3/2)", *TWO),
    "no distribution": ("x*log(x/y) + y*log(y/z) + z*log(z/x) <= 0", POSITIVE),
    "the other way round": ("x*log(x)/2 + y*log(y)/2 <= (x + y)/2*log((x + y)/2)", POSITIVE),
    "too much": ("x*log(x) + y*log(y) >= 3*(x + y)/2*log((x + y)/2)", POSITIVE),
    "weights beyond one": ("x**w*y**(1-w) <= w*x + (1-w)*y", (*POSITIVE, ("w", "positive"))),
    "with a square missing": ("x*log(x) + y*log(y) - z**2 >= (x + y)*log((x + y)/2)", POSITIVE),
}


@pytest.mark.parametrize("problem", TRUE.values(), ids=TRUE)
def test_it_proves(problem):
    goal = Problem(*problem).goal
    assert check(goal, METHODS["means"].find(goal, 20)).proves


@pytest.mark.parametrize("problem", FALSE.values(), ids=FALSE)
def test_what_is_false_it_does_not_prove(problem):
    assert METHODS["means"].find(Problem(*problem).goal, 20) is None
