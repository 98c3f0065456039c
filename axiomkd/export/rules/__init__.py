"""For each rule of the kernel, the Rocq proof of a step: the rule's lemma with all its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from axiomkd.export.rules import analysis, boxes, combination, equality, hulls, logic, means, order, tangents
from axiomkd.export.rules.writer import Writer

PROOFS: Mapping[str, Callable[[Writer], str]] = MappingProxyType(
    {
        "fact": logic.fact,
        "assumption": logic.assumption,
        "instance": logic.instance,
        "cases_order": logic.cases_order,
        "cases_strict": logic.cases_strict,
        "cases_zero": logic.cases_zero,
        "cases_index": logic.cases_index,
        "cases_literal": logic.cases_literal,
        "same_index": logic.same_index,
        "distinct_literals": logic.distinct_literals,
        "contradiction": logic.contradiction,
        "positive_entry": logic.positive_entry,
        "extremum_attained": logic.extremum_attained,
        "algebraic": equality.algebraic,
        "powers": equality.powers,
        "logarithms": equality.logarithms,
        "congruence": equality.congruence,
        "reindexing": equality.reindexing,
        "power_of_zero": equality.power_of_zero,
        "product_with_zero": equality.product_with_zero,
        "extremum_of_constant": equality.extremum_of_constant,
        "extremum_of_multiple": equality.extremum_of_multiple,
        "branch": equality.branch,
        "antisymmetry": equality.antisymmetry,
        "sign_of_parts": order.sign_of_parts,
        "sum_with_positive_term": order.sum_with_positive_term,
        "term_of_sum": order.term_of_sum,
        "maximum_with_positive_term": order.maximum_with_positive_term,
        "positive_unless_zero": order.positive_unless_zero,
        "chain": order.chain,
        "combination": combination.combination,
        "power_of_base": order.power_of_base,
        "power_of_exponent": order.power_of_exponent,
        "exponential_increases": order.exponential_increases,
        "logarithm_increases": order.logarithm_increases,
        "logarithm_decides": order.logarithm_decides,
        "exponential_tangent": order.exponential_tangent,
        "logarithm_tangent": order.logarithm_tangent,
        "product_increases": order.product_increases,
        "extremum_bounds": order.extremum_bounds,
        "extremum_is_least_bound": order.extremum_is_least_bound,
        "quotient": order.quotient,
        "jensen_power": means.jensen_power,
        "jensen_exponential": means.jensen_exponential,
        "jensen_square": means.jensen_square,
        "jensen_entropy": means.jensen_entropy,
        "jensen_logarithm": means.jensen_logarithm,
        "weighted_am_gm": means.weighted_am_gm,
        "mediant": means.mediant,
        "divergence_along_odds": means.divergence_along_odds,
        "entropy_of_tempered": means.entropy_of_tempered,
        "defined": analysis.defined,
        "defined_part": analysis.defined_part,
        "enclosure": boxes.enclosure,
        "second_derivative": tangents.second_derivative,
        "hull": hulls.hull,
        "hull_of_two_outcomes": hulls.hull_of_two_outcomes,
        "hull_coordinate": hulls.hull_coordinate,
        "hull_bound": hulls.hull_bound,
    }
)
"""The rules that do not speak of sequences; ``sequences`` holds the others."""

KERNEL_ONLY = frozenset(("inverse_digamma_increases", "inverse_digamma_ratio"))
"""Rules about a function that the rule library lacks: Coq's real numbers have no digamma function."""
