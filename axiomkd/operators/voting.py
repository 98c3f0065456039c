"""Rules that sort or vote: the middle teacher, the most votes, the top outcomes, the surest teachers."""

from __future__ import annotations

from axiomkd.operator import operator


@operator(
    "median",
    title="Median of three teachers",
    source="Kittler, Hatef, Duin and Matas 1998, On combining classifiers",
    written="mass",
    K=3,
)
def median() -> str:
    r"""The normalised median of three teachers, the greatest of the lesser ones of two,
    :math:`q(i) \propto \max_{k<l} \min(p_k(i), p_l(i))`.
    """
    return "Max(Min(p[1,i], p[2,i]), Min(p[1,i], p[3,i]), Min(p[2,i], p[3,i]))"


_VOTES = "Sum(w[k]*Piecewise((1, p[k,{0}] >= Max(p[k,g], g)), (0, True)), k)"


@operator(
    "majority-vote",
    title="Weighted majority vote",
    source="Littlestone and Warmuth 1994, The weighted majority algorithm; ties are shared",
    written="mass",
)
def majority_vote() -> str:
    r"""The uniform distribution on the outcomes with most votes, a teacher voting for each outcome that
    it ranks first, :math:`q(i) \propto [v(i) \ge \max_j v(j)]` with
    :math:`v(i) = \sum_k w_k\,[p_k(i) \ge \max_j p_k(j)]`.
    """
    return f"Piecewise((1, {_VOTES.format('i')} >= Max({_VOTES.format('j')}, j)), (0, True))"


TOP_SOURCE = "after Yao et al. 2024, UniTE: determine-then-ensemble, a union of top tokens"


@operator("top-k-1", title="Most probable outcome of the linear pool", source=TOP_SOURCE, written="mass")
def top_1() -> str:
    r"""The linear pool :math:`m` on its most probable outcomes,
    :math:`q(i) \propto m(i)\,[m(i) \ge \max_j m(j)]` with :math:`m(i) = \sum_k w_k\,p_k(i)`.
    """
    return "Piecewise((Sum(w[k]*p[k,i], k), Sum(w[k]*p[k,i], k) >= Max(Sum(w[k]*p[k,j], k), j)), (0, True))"


@operator("top-k-2", title="Two most probable outcomes of the linear pool", source=TOP_SOURCE, written="mass")
def top_2() -> str:
    r"""The linear pool :math:`m` on the outcomes with fewer than two strictly more probable ones,
    :math:`q(i) \propto m(i)\,\big[\sum_j [m(j) > m(i)] < 2\big]` with :math:`m(i) = \sum_k w_k\,p_k(i)`.
    """
    larger = "Sum(Piecewise((1, Sum(w[k]*p[k,j], k) > Sum(w[k]*p[k,i], k)), (0, True)), j)"
    return f"Piecewise((Sum(w[k]*p[k,i], k), {larger} < 2), (0, True))"


_SURER = "Sum(Piecewise((1, Prod(p[l,j]**p[l,j], j) > Prod(p[k,j]**p[k,j], j)), (0, True)), l)"
_SUREST = f"Piecewise((1, {_SURER} < 1), (0, True))"


@operator(
    "min-entropy-teacher",
    title="Mean of the teachers of least entropy",
    source="after the choice of the surest classifier, Giacinto and Roli 2001, Dynamic classifier selection",
)
def min_entropy_teacher() -> str:
    r"""The mean of the teachers of least entropy, that is of greatest
    :math:`e^{-H(p_k)} = \prod_j p_k(j)^{p_k(j)}`,
    :math:`q(i) = \frac{1}{|M|} \sum_{k \in M} p_k(i)` with :math:`M = \arg\min_k H(p_k)`.
    """
    return f"Sum(p[k,i]*{_SUREST}, k)/Sum({_SUREST}, k)"
