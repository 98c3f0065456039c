"""Cases for convex hulls."""

from dataclasses import replace

from support.rules.setting import GOAL, WEIGHTS, Case, a, b, i, j, k, m, p, r, under, v, w, x

from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Literal,
    big,
    big_sum,
    delta,
    in_hull,
)

inside = big_sum(k, w(k) * p(k, i))
simplex = (AtMost(ZERO, w(k)), Equal(WEIGHTS, ONE))
member = in_hull(k, i, r(i), p(k, i))
two = replace(GOAL, sizes=(("teacher", None), ("outcome", 2)))
one = Literal(1, "outcome")
low, high = big("minimum", k, p(k, one)), big("maximum", k, p(k, one))
totals = (Equal(big_sum(i, r(i)), ONE), Equal(big_sum(i, p(k, i)), ONE))
between = (AtMost(low, r(one)), AtMost(r(one), high))
form, at_vertices = big_sum(i, r(i) * r(i)), big_sum(i, r(i) * p(k, i))
least, greatest = big("minimum", k, at_vertices), big("maximum", k, at_vertices)

TABLE = {
    "hull": [
        Case(
            "a weighted mean",
            in_hull(k, i, inside, p(k, i)),
            premises=simplex,
            parameters=(k, w(k)),
            but={
                "weights that may be negative": {"premises": (Equal(WEIGHTS, ONE),)},
                "weights of another sum": {"premises": (AtMost(ZERO, w(k)), Equal(WEIGHTS, x))},
                "other weights": {"parameters": (k, v(k))},
                "other vertices": {"conclusion": in_hull(k, i, inside, p(k, i) + ONE)},
                "another point": {"conclusion": in_hull(k, i, r(i), p(k, i))},
                "an index of another sort": {"parameters": (i, w(k))},
            },
        ),
        Case(
            "a point that is each vertex",
            in_hull(k, i, r(i), r(i)),
            parameters=(k, delta(k, a)),
            but={"a coefficient of another sort's index": {"parameters": (i, delta(i, m))}},
        ),
        Case(
            "a point that equals a weighted mean",
            in_hull(k, i, r(i), p(k, i)),
            premises=(*simplex, Equal(r(j), big_sum(b, w(b) * p(b, j)))),
            parameters=(k, w(k)),
            but={
                "equal in one coordinate": {"premises": (*simplex, Equal(r(m), big_sum(b, w(b) * p(b, m))))},
                "weights of the coordinate": {
                    "premises": (*simplex, Equal(r(j), big_sum(b, p(b, j) * p(b, j)))),
                    "parameters": (k, p(k, i)),
                },
            },
        ),
    ],
    "hull_of_two_outcomes": [
        Case(
            "a distribution between two distributions' values",
            member,
            premises=(*totals, *between),
            goal=two,
            but={
                "any number of outcomes": {"goal": GOAL},
                "three outcomes": {"goal": replace(GOAL, sizes=(("teacher", None), ("outcome", 3)))},
                "a point that may not sum to one": {"premises": (totals[1], *between)},
                "vertices that may not sum to one": {"premises": (totals[0], *between)},
                "one vertex alone that sums to one": {
                    "premises": (totals[0], Equal(big_sum(i, p(a, i)), ONE), *between)
                },
                "no lower bound": {"premises": (*totals, between[1])},
                "no upper bound": {"premises": (*totals, between[0])},
                "bounds of another outcome": {
                    "premises": (*totals, AtMost(low, r(m)), AtMost(r(m), high)),
                },
            },
        ),
    ],
    "hull_coordinate": [
        Case(
            "above the least vertex",
            AtMost(big("minimum", k, p(k, m)), r(m)),
            premises=(member,),
            parameters=(m, member),
            but={
                "nobody says that it is inside": {"premises": ()},
                "another coordinate": {"parameters": (j, member)},
                "the wrong way round": {"conclusion": AtMost(r(m), big("minimum", k, p(k, m)))},
                "below the least": {"conclusion": AtMost(big("maximum", k, p(k, m)), r(m))},
                "an index of the vertices": {"parameters": (a, member)},
                "another hull": {"parameters": (m, in_hull(k, i, r(i) + ONE, p(k, i)))},
            },
        ),
        Case(
            "below the greatest vertex",
            AtMost(r(j), big("maximum", k, p(k, j))),
            premises=(under(member, AtMost(x, ZERO)),),
            parameters=(j, member),
            rests_on=(AtMost(x, ZERO),),
            but={"a single vertex": {"conclusion": AtMost(r(j), p(b, j))}},
        ),
    ],
    "hull_bound": [
        Case(
            "below the greatest",
            AtMost(form, greatest),
            premises=(member,),
            parameters=(i, r(i), member),
            but={
                "nobody says that it is inside": {"premises": ()},
                "another form": {"parameters": (i, r(i) * r(i), member)},
                "an index of the vertices": {"parameters": (k, r(i), member)},
                "below the least": {"conclusion": AtMost(form, least)},
                "a product of coordinates": {
                    "conclusion": AtMost(big_sum(i, r(i) * r(i) * r(i)), greatest),
                },
            },
        ),
        Case(
            "above the least",
            AtMost(least, form),
            premises=(member,),
            parameters=(i, r(i), member),
            but={"above the greatest": {"conclusion": AtMost(greatest, form)}},
        ),
    ],
}
