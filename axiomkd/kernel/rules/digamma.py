r"""Order of values of the inverse digamma function g.

With :math:`\psi'(x) = \int_0^\infty \frac{s\,e^{-xs}}{1-e^{-s}}\,ds` (DLMF 25.11.25) and
:math:`\varphi(s) = s/(1-e^{-s})`, for x > 0

.. math:: x\,\psi'(x) = \int_0^\infty \varphi(u/x)\,e^{-u}\,du .

As :math:`e^s > 1 + s`, the function :math:`\varphi` increases on s > 0, and it is above 1, its limit at 0.
So :math:`x\,\psi'(x)` falls with x and is above 1 (Alzer 1997, On some inequalities for the gamma and psi
functions). The derivative of :math:`\log g(y)` is :math:`1/(x\,\psi'(x))` at x = g(y): it is positive,
increases with y, and is below 1.
"""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.application import Application
from axiomkd.kernel.terms import ZERO, AtMost, Comparison, Exp, Formula, InverseDigamma, Less, Term


def inverse_digamma_increases(step: Application) -> None:
    r"""If :math:`a \le b`, then :math:`\psi^{-1}(a) \le \psi^{-1}(b)`; strictly too."""
    conclusion = step.conclusion_as(Comparison)
    left, right = conclusion.left, conclusion.right
    if not (isinstance(left, InverseDigamma) and isinstance(right, InverseDigamma)):
        raise step.refuse("two values of the inverse digamma function", conclusion)
    step.require(isinstance(conclusion, Less | AtMost), "an inequality", conclusion)
    step.need(cast(Formula, type(conclusion)(left.argument, right.argument)))


def inverse_digamma_ratio(step: Application) -> None:
    r"""If :math:`d \le 0` and :math:`s \le t`, with :math:`g = \psi^{-1}`, then
    :math:`e^d \le g(d+t)/g(t) \le g(d+s)/g(s)`.

    For :math:`\log g` is convex, with a derivative below 1.
    """
    conclusion = step.conclusion_as(AtMost)
    shift, upper = step.parameter(0, Term), step.parameter(1, Term)
    step.need(cast(Formula, AtMost(shift, ZERO)))
    if len(step.parameters) == 2:
        step.need_equal(conclusion.left, cast(Term, Exp(shift)))
        step.need_equal(conclusion.right, _ratio(shift, upper))
        return
    lower = step.parameter(2, Term)
    step.need(cast(Formula, AtMost(lower, upper)))
    step.need_equal(conclusion.left, _ratio(shift, upper))
    step.need_equal(conclusion.right, _ratio(shift, lower))


def _ratio(shift: Term, at: Term) -> Term:
    return cast(Term, InverseDigamma(shift + at)) / cast(Term, InverseDigamma(at))
