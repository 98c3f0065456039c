r"""Rules beside the catalogue's that have some properties and not others, to refute implications with.

Most are plain rules with one thing spoilt: an outcome or a teacher that is favoured by name, weights that
count the other way or only beyond a half, a formula that is undefined or another one where a teacher has a
zero. Nothing here states a verdict: each is decided like any operator.
"""

from __future__ import annotations

from functools import cache

from axiomkd.operator import Operator

LINEAR, GEOMETRIC = "Sum(w[k]*p[k,i], k)", "Prod(p[k,i]**w[k], k)"
TOTAL = "Sum(Prod(p[k,j]**w[k], k), j)"
ALL = "Prod(Prod(p[k,j], j), k)"
LEAST = "Min(Min(p[k,j], j), k)"

DECLARED: tuple[tuple[str, str, str, str], ...] = (
    ("favoured-outcome", "Always the same, with twice as much for outcome 1", "mass", "1 + Delta(i,1)"),
    ("one-outcome", "Always outcome 1", "expr", "Delta(i,1)"),
    ("one-outcome-inside", "Always outcome 1, undefined at zeros", "expr", f"Delta(i,1)*{ALL}/{ALL}"),
    ("linear-inside", "Linear pool, undefined at zeros", "expr", f"{LINEAR}*{ALL}/{ALL}"),
    ("first-teacher-inside", "First teacher, undefined at zeros", "expr", "p[1,i]**2/p[1,i]"),
    (
        *("uniform-at-zeros", "Linear pool, uniform at zeros", "mass"),
        f"Piecewise((1, {LEAST} <= 0), ({LINEAR}, True))",
    ),
    ("linear-revived", "Linear pool, more where teacher 1 has a zero", "mass", f"{LINEAR} + 0**p[1,i]"),
    ("geometric-revived", "Geometric, more where teacher 1 has a zero", "mass", f"{GEOMETRIC} + 0**p[1,i]"),
    ("uniform-revoked", "Uniform, less where teacher 1 has a zero", "mass", "1 - 0**p[1,i]"),
    (
        "tilted-weights",
        "Linear pool that favours teacher 1",
        "expr",
        "Sum((9/10*w[k] + 1/10*Delta(k,1))*p[k,i], k)",
    ),
    (
        *("contrarian-weights", "Linear pool with weights that count the other way", "expr"),
        "Sum(1/(1 + w[k])*p[k,i], k)/Sum(1/(1 + w[k]), k)",
    ),
    (
        *(
            "switching-outcome",
            "Uniform if teacher 1 has most weight, else twice as much for outcome 1",
            "mass",
        ),
        "Piecewise((1, w[1] > 1/2), (1 + Delta(i,1), True))",
    ),
    (
        *("switching-to-uniform", "Uniform if teacher 1 has most weight, else linear", "mass"),
        f"Piecewise((1/V, w[1] > 1/2), ({LINEAR}, True))",
    ),
    ("wavy-linear", "A wavy polynomial of the linear pool", "mass", f"{LINEAR}*(({LINEAR} - 1/2)**2 + 1/20)"),
    ("inverse-linear", "What the linear pool doubts", "mass", f"1/(1 + {LINEAR})"),
    (
        "bold-geometric",
        "Geometric pool with exponents that may be negative",
        "mass",
        "Prod(p[k,i]**(2*w[k] - 1/K), k)",
    ),
    (
        "lazy-geometric",
        "Geometric pool with weights half-way to equal",
        "mass",
        "Prod(p[k,i]**(w[k]/2 + 1/2/K), k)",
    ),
    (
        *("centred-linear", "Linear pool of teachers over their geometric means", "mass"),
        "Sum(w[k]*p[k,i]/Prod(p[k,j]**(1/V), j), k)",
    ),
    (
        "largest-squared-over-least",
        "Square of the largest over the least",
        "mass",
        "Max(p[k,i], k)**2/Min(p[k,i], k)",
    ),
    ("largest-share", "The largest weighted teacher", "mass", "Max(w[k]*p[k,i], k)"),
    ("equal-weights", "Linear pool that ignores the weights", "expr", "Sum(p[k,i], k)/K"),
    (
        *("surer-teachers", "Linear pool that weighs teachers by their sums of squares", "expr"),
        "Sum(Sum(p[k,j]**2, j)*p[k,i], k)/Sum(Sum(p[k,j]**2, j), k)",
    ),
    (
        "weight-as-outcome",
        "The weight of teacher 1 for outcome 1",
        "expr",
        "w[1]*Delta(i,1) + (1 - w[1])*Delta(i,2)",
    ),
    ("first-or-uniform", "Teacher 1 by its weight, else uniform", "expr", "w[1]*p[1,i] + (1 - w[1])/V"),
    (
        *("linear-with-root", "A tenth linear, the rest a pool of roots with equal weights", "expr"),
        f"1/10*{LINEAR} + 9/10*Sum(p[k,i]**(1/2), k)**2/Sum(Sum(p[k,j]**(1/2), k)**2, j)",
    ),
    (
        *("geometric-rest-first", "Geometric mean, the rest for teacher 1", "expr"),
        f"{GEOMETRIC} + (1 - {TOTAL})*p[1,i]",
    ),
    (
        *("geometric-rest-equal", "Geometric mean, the rest shared equally", "expr"),
        f"{GEOMETRIC} + (1 - {TOTAL})*Sum(p[k,i], k)/K",
    ),
)


@cache
def spoilt_rules() -> tuple[Operator, ...]:
    """The rules as operators.

    >>> spoilt_rules()[0].text
    '1 + Delta(i,1)'
    """
    return tuple(
        Operator.from_tables({"operator": {"id": id, "title": title, written: text}})
        for id, title, written, text in DECLARED
    )
