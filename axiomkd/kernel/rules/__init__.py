"""The closed table of all rules: name, check, and the clause that a printed proof gives as reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from axiomkd.kernel.application import Application
from axiomkd.kernel.rules import analysis, boxes, digamma, equality, hulls, logic, means, order


@dataclass(frozen=True)
class Rule:
    """A rule of inference; ``check`` raises ``Refused`` unless the conclusion follows."""

    check: Callable[[Application], None]
    sentence: str

    @property
    def statement(self) -> str:
        return " ".join((self.check.__doc__ or "").split())


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "fact": Rule(logic.fact, "by hypothesis"),
        "assumption": Rule(logic.assumption, "assume this"),
        "instance": Rule(logic.instance, "as a special case"),
        "cases_order": Rule(logic.cases_order, "in both cases of the order of the two numbers"),
        "cases_strict": Rule(logic.cases_strict, "whether the one number is less than the other or not"),
        "cases_zero": Rule(logic.cases_zero, "whether the number is zero or positive"),
        "cases_index": Rule(logic.cases_index, "whether the two indices are the same or not"),
        "cases_literal": Rule(logic.cases_literal, "for each value of the index"),
        "same_index": Rule(logic.same_index, "since the two indices are the same"),
        "distinct_literals": Rule(logic.distinct_literals, "as the numbers are different"),
        "contradiction": Rule(logic.contradiction, "since the premises exclude each other"),
        "positive_entry": Rule(logic.positive_entry, "since a sum that is positive has a positive term"),
        "extremum_attained": Rule(logic.extremum_attained, "as one of its terms is the extremum"),
        "algebraic": Rule(equality.algebraic, "by expanding and collecting"),
        "powers": Rule(equality.powers, "by the laws of powers, all bases being positive"),
        "logarithms": Rule(equality.logarithms, "by the laws of logarithms, all arguments being positive"),
        "congruence": Rule(equality.congruence, "by putting equals for equals"),
        "reindexing": Rule(equality.reindexing, "as a permutation only changes the order"),
        "power_of_zero": Rule(equality.power_of_zero, "as a positive power of zero is zero"),
        "product_with_zero": Rule(equality.product_with_zero, "as one factor is zero"),
        "extremum_of_constant": Rule(equality.extremum_of_constant, "as all terms are the same"),
        "extremum_of_multiple": Rule(
            equality.extremum_of_multiple, "as a factor may be taken out of the extremum"
        ),
        "branch": Rule(equality.branch, "by the case that applies"),
        "antisymmetry": Rule(equality.antisymmetry, "as each is at most the other"),
        "sign_of_parts": Rule(order.sign_of_parts, "by the signs of the parts"),
        "sum_with_positive_term": Rule(
            order.sum_with_positive_term, "as no term is negative and one is positive"
        ),
        "term_of_sum": Rule(order.term_of_sum, "as no term of the sum is negative"),
        "maximum_with_positive_term": Rule(order.maximum_with_positive_term, "as one term is positive"),
        "positive_unless_zero": Rule(order.positive_unless_zero, "as it is neither negative nor zero"),
        "chain": Rule(order.chain, "by transitivity"),
        "combination": Rule(order.combination, "as a nonnegative combination"),
        "power_of_base": Rule(order.power_of_base, "as the power is monotone in its base"),
        "power_of_exponent": Rule(order.power_of_exponent, "as the power is monotone in its exponent"),
        "exponential_increases": Rule(order.exponential_increases, "as the exponential increases"),
        "logarithm_increases": Rule(order.logarithm_increases, "as the logarithm increases"),
        "logarithm_decides": Rule(order.logarithm_decides, "as the logarithm increases"),
        "exponential_tangent": Rule(order.exponential_tangent, "as the exponential is above its tangent"),
        "logarithm_tangent": Rule(
            order.logarithm_tangent, "as the logarithm, and that of the inverse, are below their tangents"
        ),
        "product_increases": Rule(order.product_increases, "factor by factor"),
        "extremum_bounds": Rule(order.extremum_bounds, "by the definition of the extremum"),
        "extremum_is_least_bound": Rule(
            order.extremum_is_least_bound, "as this bounds every term of the extremum"
        ),
        "quotient": Rule(order.quotient, "by clearing positive denominators"),
        "inverse_digamma_increases": Rule(
            digamma.inverse_digamma_increases, "as the inverse digamma function increases"
        ),
        "inverse_digamma_ratio": Rule(
            digamma.inverse_digamma_ratio,
            "as the logarithm of the inverse digamma function is convex with a slope below 1",
        ),
        "jensen_power": Rule(means.jensen_power, "by Jensen's inequality for powers"),
        "jensen_exponential": Rule(means.jensen_exponential, "by Jensen's inequality for the exponential"),
        "jensen_square": Rule(means.jensen_square, "by Jensen's inequality for the square"),
        "jensen_entropy": Rule(means.jensen_entropy, "by Jensen's inequality for x log x"),
        "jensen_logarithm": Rule(means.jensen_logarithm, "by Jensen's inequality for the logarithm"),
        "weighted_am_gm": Rule(
            means.weighted_am_gm, "by the inequality of the weighted arithmetic and geometric means"
        ),
        "mediant": Rule(means.mediant, "as the mediant lies between the two fractions"),
        "divergence_along_odds": Rule(
            means.divergence_along_odds, "by the inequalities of Gibbs and Chebyshev, as the odds lie between"
        ),
        "entropy_of_tempered": Rule(
            means.entropy_of_tempered, "as tempering with a higher temperature does not lower the entropy"
        ),
        "defined": Rule(analysis.defined, "as every operation stays within its domain"),
        "defined_part": Rule(analysis.defined_part, "as the whole is defined"),
        "continuous": Rule(analysis.continuous, "as a composition of continuous functions"),
        "limit": Rule(analysis.limit, "as the parts converge"),
        "limit_of_equal": Rule(analysis.limit_of_equal, "as the two are equal"),
        "limit_of_eventually_equal": Rule(
            analysis.limit_of_eventually_equal, "as the two are equal in the end"
        ),
        "root_tends_to_one": Rule(analysis.root_tends_to_one, "as the exponent tends to zero"),
        "softmax_tends_to_argmax": Rule(
            analysis.softmax_tends_to_argmax, "as a tempered distribution concentrates on its only mode"
        ),
        "squeeze": Rule(analysis.squeeze, "as it lies between two terms with this limit"),
        "enclosure": Rule(boxes.enclosure, "by enclosing it on each box of a subdivision"),
        "second_derivative": Rule(
            boxes.second_derivative,
            "as gap and slope vanish at an end from which the second derivative is nonnegative",
        ),
        "hull": Rule(hulls.hull, "with these coefficients"),
        "hull_of_two_outcomes": Rule(
            hulls.hull_of_two_outcomes, "as two distributions on two outcomes span what lies between them"
        ),
        "hull_coordinate": Rule(
            hulls.hull_coordinate, "as the coordinates of a point in a hull lie between those of the vertices"
        ),
        "hull_bound": Rule(hulls.hull_bound, "as a linear form has its extremes over a hull at vertices"),
    }
)
