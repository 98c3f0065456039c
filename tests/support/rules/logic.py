"""Cases for facts, assumptions, cases and instances."""

from dataclasses import replace

from support.rules.setting import GOAL, Case, a, b, i, j, k, m, p, r, under, v, w, x, y, z

from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Different,
    Distinct,
    Equal,
    Free,
    Less,
    Literal,
    Permuted,
    Same,
    Size,
    big,
    big_sum,
    term,
    variable,
)

first, second = Literal(1, "outcome"), Literal(2, "outcome")
two_teachers = replace(GOAL, sizes=(("teacher", 2), ("outcome", None)))
one, two = Literal(1, "teacher"), Literal(2, "teacher")
image = Permuted(one, "teacher", "pi")
smaller, greater = AtMost(x, y), AtMost(y, x)
claim = AtMost(z, w(k))
zero, positive = Equal(x, ZERO), Less(ZERO, x)
same, distinct = Same(k, b), Distinct(k, b)
entry = Less(ZERO, v(k))
total = big_sum(k, v(k))
greatest = big("maximum", k, v(k))
attained = Equal(v(k), greatest)

TABLE = {
    "fact": [
        Case(
            "a fact without indices",
            Less(ZERO, x),
            parameters=(0,),
            but={
                "another relation": {"conclusion": AtMost(ZERO, x)},
                "another variable": {"conclusion": Less(ZERO, y)},
                "another fact's number": {"parameters": (1, k)},
                "a number beyond the last fact": {"parameters": (5,)},
                "a negative number": {"parameters": (-1,)},
                "no number": {"parameters": ()},
                "an index too many": {"parameters": (0, k)},
            },
        ),
        Case(
            "a fact at another index",
            AtMost(ZERO, w(a)),
            parameters=(1, a),
            but={
                "an index of another sort": {"parameters": (1, i)},
                "an index other than in the conclusion": {"parameters": (1, b)},
                "no index": {"parameters": (1,)},
                "a name that the kernel keeps for itself": {
                    "parameters": (1, Free("@000000001", "teacher")),
                },
                "a number beyond the least size": {
                    "conclusion": AtMost(ZERO, w(two)),
                },
            },
        ),
        Case(
            "a fact with a hypothesis that is a premise",
            Less(ZERO, p(a, j)),
            premises=(Less(ZERO, w(a)),),
            parameters=(3, a, j),
            but={
                "the hypothesis left out": {"premises": ()},
                "the hypothesis for another index": {"premises": (Less(ZERO, w(one)),)},
                "a weaker hypothesis": {"premises": (AtMost(ZERO, w(a)),)},
            },
        ),
        Case(
            "a fact with a hypothesis that is assumed",
            Less(r(first), r(m)),
            premises=(under(Distinct(first, m), Distinct(first, m)),),
            parameters=(4, first),
            rests_on=(Distinct(first, m),),
            but={
                "the opposite hypothesis": {"premises": (under(Same(first, m), Same(first, m)),)},
                "the goal's index replaced": {"conclusion": Less(r(first), r(second))},
            },
        ),
    ],
    "assumption": [
        Case(
            "an inequality",
            Less(y, x),
            rests_on=(Less(y, x),),
            but={
                "a variable that the goal does not have": {"conclusion": Less(y, v(i))},
                "a hole, which stands for a premise": {"conclusion": Less(y, variable("premise0"))},
                "an index of an undeclared sort": {"conclusion": Same(Free("s", "s"), Free("t", "s"))},
                "indices of two sorts": {"conclusion": Same(k, i)},
                "an index beyond the least size": {"conclusion": Same(k, two)},
            },
        ),
    ],
    "instance": [
        Case(
            "a general index replaced",
            AtMost(ZERO, w(a)),
            premises=(AtMost(ZERO, w(k)),),
            but={
                "the goal's index replaced by another": {
                    "premises": (AtMost(ZERO, w(Literal(1, "teacher"))),)
                },
                "an index on which an assumption rests": {"premises": (under(AtMost(ZERO, w(k)), same),)},
                "a strict inequality from a weak one": {"conclusion": Less(ZERO, w(a))},
                "another function": {"conclusion": AtMost(ZERO, v(a))},
                "no premise": {"premises": ()},
            },
        ),
        Case(
            "two general indices, replaced consistently",
            Less(p(a, i) + p(a, j), x),
            premises=(Less(p(k, i) + p(k, j), x),),
            but={
                "one index replaced in two ways": {"conclusion": Less(p(a, i) + p(b, j), x)},
                "an index bound in the conclusion": {"conclusion": Less(big_sum(k, p(k, i) + p(k, j)), x)},
            },
        ),
        Case(
            "a weak inequality from an equation, turned round",
            AtMost(y, x),
            premises=(under(Equal(x, y), smaller),),
            rests_on=(smaller,),
            but={
                "from a difference": {"premises": (Different(x, y),)},
                "from the inequality the other way": {"premises": (AtMost(x, y),)},
            },
        ),
        Case(
            "a comparison of numbers and sizes",
            Less(ONE, Size("outcome")),
            but={
                "a false one of numbers": {"conclusion": Less(term(2), ONE)},
                "a strict one of a number with itself": {"conclusion": Less(ONE, ONE)},
                "a number that some sizes do not exceed": {"conclusion": Less(term(2), Size("outcome"))},
                "a sort with another least size": {"conclusion": Less(ONE, Size("teacher"))},
            },
        ),
    ],
    "cases_order": [
        Case(
            "a claim that holds in both orders",
            claim,
            premises=(under(claim, smaller), under(claim, greater)),
            parameters=(x, y),
            but={
                "one order missing": {"premises": (under(claim, smaller),)},
                "another claim in one order": {
                    "premises": (under(claim, smaller), under(AtMost(z, w(a)), greater))
                },
                "the same terms twice": {"parameters": (x, x)},
                "other terms": {"parameters": (x, z)},
                "a strict order in one case": {"premises": (under(claim, smaller), under(claim, Less(y, x)))},
                "a further assumption in one case": {
                    "premises": (under(claim, smaller), under(claim, greater, positive))
                },
            },
        ),
        Case(
            "further assumptions are kept",
            claim,
            premises=(under(claim, smaller, positive), under(claim, greater)),
            parameters=(x, y),
            rests_on=(positive,),
            but={"an index that only one assumption speaks of, replaced": {"conclusion": AtMost(z, v(k))}},
        ),
    ],
    "cases_strict": [
        Case(
            "a claim that holds whether one number is less or not",
            claim,
            premises=(under(claim, Less(x, y)), under(claim, greater)),
            parameters=(x, y),
            but={
                "one case missing": {"premises": (under(claim, Less(x, y)),)},
                "two strict cases": {"premises": (under(claim, Less(x, y)), under(claim, Less(y, x)))},
                "the numbers in the other order": {"parameters": (y, x)},
                "a further assumption in one case": {
                    "premises": (under(claim, Less(x, y)), under(claim, greater, positive))
                },
            },
        ),
    ],
    "cases_zero": [
        Case(
            "a nonnegative number is zero or positive",
            claim,
            premises=(AtMost(ZERO, x), under(claim, zero), under(claim, positive)),
            parameters=(x,),
            but={
                "without its being nonnegative": {"premises": (under(claim, zero), under(claim, positive))},
                "without the case zero": {"premises": (AtMost(ZERO, x), under(claim, positive))},
                "without the case positive": {"premises": (AtMost(ZERO, x), under(claim, zero))},
                "another number nonnegative": {
                    "premises": (AtMost(ZERO, y), under(claim, zero), under(claim, positive))
                },
            },
        ),
    ],
    "cases_index": [
        Case(
            "two indices are the same or distinct",
            claim,
            premises=(under(claim, same), under(claim, distinct)),
            parameters=(k, b),
            but={
                "the same alone": {"premises": (under(claim, same),)},
                "distinct alone": {"premises": (under(claim, distinct),)},
                "indices of two sorts": {"parameters": (k, i)},
                "other indices": {"parameters": (k, a)},
                "distinct from another": {"premises": (under(claim, same), under(claim, Distinct(k, a)))},
            },
        ),
    ],
    "cases_literal": [
        Case(
            "both teachers, where there are two",
            claim,
            premises=(under(claim, Same(k, one)), under(claim, Same(k, two))),
            parameters=(k,),
            goal=two_teachers,
            but={
                "any number of teachers": {"goal": GOAL},
                "three teachers": {"goal": replace(GOAL, sizes=(("teacher", 3), ("outcome", None)))},
                "one of the two left out": {"premises": (under(claim, Same(k, one)),)},
                "another index": {"parameters": (b,)},
            },
        ),
        Case(
            "both images of a teacher, where there are two",
            claim,
            premises=(under(claim, Same(image, one)), under(claim, Same(image, two))),
            parameters=(image,),
            goal=two_teachers,
            but={
                "any number of teachers": {"goal": GOAL},
                "one of the two left out": {"premises": (under(claim, Same(image, two)),)},
                "the teacher itself": {"parameters": (one,)},
                "the image of the other": {"parameters": (Permuted(two, "teacher", "pi"),)},
            },
        ),
    ],
    "same_index": [
        Case(
            "one index for another",
            Less(v(k), x),
            premises=(under(Same(k, a), Same(k, a)), Less(v(a), x)),
            parameters=(k, a),
            rests_on=(Same(k, a),),
            but={
                "distinct indices": {"premises": (Distinct(k, a), Less(v(a), x))},
                "nothing known of them": {"premises": (Less(v(a), x),)},
                "another function": {"conclusion": Less(w(k), x)},
                "a third index": {"conclusion": Less(v(b), x)},
                "a weaker premise": {"premises": (Same(k, a), AtMost(v(a), x))},
            },
        ),
        Case(
            "a number for an image",
            Less(v(image), x),
            premises=(under(Same(image, two), Same(image, two)), Less(v(two), x)),
            parameters=(image, two),
            goal=two_teachers,
            rests_on=(Same(image, two),),
            but={
                "another number": {"parameters": (image, one)},
                "nothing known of the image": {"premises": (Less(v(two), x),)},
                "the image of the other": {"conclusion": Less(v(Permuted(two, "teacher", "pi")), x)},
                "the number that is permuted": {"conclusion": Less(v(one), x)},
            },
        ),
    ],
    "distinct_literals": [
        Case(
            "one and two",
            Distinct(first, second),
            but={
                "one and one": {"conclusion": Distinct(first, first)},
                "a number and an index": {"conclusion": Distinct(first, i)},
                "that they are the same": {"conclusion": Same(first, second)},
                "numbers of two sorts": {"conclusion": Distinct(one, second)},
                "a permuted number": {
                    "conclusion": Distinct(Permuted(one, "teacher", "pi"), one),
                },
            },
        ),
    ],
    "contradiction": [
        Case(
            "less, and at least",
            Less(ONE, ZERO),
            premises=(under(Less(x, y), Less(x, y)), AtMost(y, x)),
            parameters=(Less(x, y),),
            rests_on=(Less(x, y),),
            but={
                "at most, and at least": {"parameters": (AtMost(x, y),)},
                "less, and at most": {"premises": (Less(x, y), AtMost(x, y))},
                "one of the two left out": {"premises": (Less(x, y),)},
                "two other terms": {"premises": (Less(x, y), AtMost(z, x))},
            },
        ),
        Case(
            "equal, and different",
            Less(ONE, ZERO),
            premises=(Equal(x, ZERO), Different(x, ZERO)),
            parameters=(Equal(x, ZERO),),
            but={
                "equal to two numbers": {"premises": (Equal(x, ZERO), Equal(x, ONE))},
                "different alone": {"parameters": (Different(x, ZERO),)},
            },
        ),
    ],
    "positive_entry": [
        Case(
            "a sum is positive, so one of its terms is",
            Less(ZERO, x),
            premises=(Less(ZERO, total), under(Less(ZERO, x), entry)),
            parameters=(total, k),
            but={
                "a sum that may be zero": {"premises": (AtMost(ZERO, total), under(Less(ZERO, x), entry))},
                "a conclusion that speaks of the term": {
                    "conclusion": Less(v(k), x),
                    "premises": (Less(ZERO, total), under(Less(v(k), x), entry)),
                },
                "a further assumption on the index": {
                    "premises": (Less(ZERO, total), under(Less(ZERO, x), entry, Less(w(k), x)))
                },
                "an index of the goal": {
                    "premises": (Less(ZERO, total), under(Less(ZERO, x), Less(ZERO, v(a)))),
                    "parameters": (total, a),
                },
                "another sum": {"parameters": (big_sum(k, w(k)), k)},
                "an index of another sort": {"parameters": (total, i)},
                "a sum that speaks of the index": {"parameters": (big_sum(b, v(b) * v(k)), k)},
            },
        ),
        Case(
            "a sum is one, so one of its terms is positive",
            Less(ZERO, x),
            premises=(Equal(total, ONE), under(Less(ZERO, x), entry)),
            parameters=(total, k),
            but={
                "a sum that is zero": {"premises": (Equal(total, ZERO), under(Less(ZERO, x), entry))},
                "a sum that is minus one": {
                    "premises": (Equal(total, term(-1)), under(Less(ZERO, x), entry))
                },
            },
        ),
    ],
    "extremum_attained": [
        Case(
            "a maximum is one of its terms",
            Less(ZERO, x),
            premises=(under(Less(ZERO, x), attained),),
            parameters=(greatest, k),
            but={
                "a conclusion that speaks of the term": {
                    "conclusion": Less(v(k), x),
                    "premises": (under(Less(v(k), x), attained),),
                },
                "a further assumption on the index": {
                    "premises": (under(Less(ZERO, x), attained, Less(w(k), x)),)
                },
                "an index of the goal": {
                    "premises": (under(Less(ZERO, x), Equal(v(a), greatest)),),
                    "parameters": (greatest, a),
                },
                "no extremum": {
                    "premises": (under(Less(ZERO, x), Equal(v(k), total)),),
                    "parameters": (total, k),
                },
                "an index of another sort": {"parameters": (greatest, i)},
                "an extremum that speaks of the index": {
                    "premises": (under(Less(ZERO, x), Equal(v(k) * v(k), big("maximum", b, v(b) * v(k)))),),
                    "parameters": (big("maximum", b, v(b) * v(k)), k),
                },
                "no conclusion for the term": {"premises": (under(Less(ZERO, y), attained),)},
            },
        ),
        Case(
            "a minimum is one of its terms",
            Less(ZERO, x),
            premises=(under(Less(ZERO, x), Equal(v(k), big("minimum", k, v(k)))),),
            parameters=(big("minimum", k, v(k)), k),
        ),
    ],
}
