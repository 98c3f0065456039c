"""Cases for the order of values of the inverse digamma function."""

from support.rules.setting import Case, x, y, z

from axiomkd.kernel.terms import ZERO, AtMost, Equal, Exp, InverseDigamma, Less, Log


def ratio(shift, at):
    return InverseDigamma(shift + at) / InverseDigamma(at)


FALLS = AtMost(z, ZERO)

TABLE = {
    "inverse_digamma_increases": [
        Case(
            "strictly",
            Less(InverseDigamma(x), InverseDigamma(y)),
            premises=(Less(x, y),),
            but={
                "from a weak inequality": {"premises": (AtMost(x, y),)},
                "the arguments turned round": {"premises": (Less(y, x),)},
                "an equation": {"conclusion": Equal(InverseDigamma(x), InverseDigamma(y))},
                "another function": {"conclusion": Less(Log(x), Log(y))},
                "another function on one side": {"conclusion": Less(InverseDigamma(x), Exp(y))},
            },
        ),
        Case(
            "weakly",
            AtMost(InverseDigamma(x), InverseDigamma(y)),
            premises=(AtMost(x, y),),
            but={"strictly all the same": {"conclusion": Less(InverseDigamma(x), InverseDigamma(y))}},
        ),
    ],
    "inverse_digamma_ratio": [
        Case(
            "two quotients",
            AtMost(ratio(z, y), ratio(z, x)),
            premises=(FALLS, AtMost(x, y)),
            parameters=(z, y, x),
            but={
                "a shift of unknown sign": {"premises": (AtMost(x, y),)},
                "a shift upwards": {"premises": (AtMost(ZERO, z), AtMost(x, y))},
                "arguments in no known order": {"premises": (FALLS,)},
                "arguments turned round": {"premises": (FALLS, AtMost(y, x))},
                "turned round": {"conclusion": AtMost(ratio(z, x), ratio(z, y))},
                "strictly": {"conclusion": Less(ratio(z, y), ratio(z, x))},
                "two shifts": {"conclusion": AtMost(ratio(z, y), ratio(x, x))},
                "a value alone": {"conclusion": AtMost(InverseDigamma(z + y), InverseDigamma(z + x))},
            },
        ),
        Case(
            "a quotient and the exponential of its shift",
            AtMost(Exp(z), ratio(z, x)),
            premises=(FALLS,),
            parameters=(z, x),
            but={
                "a shift of unknown sign": {"premises": ()},
                "turned round": {"conclusion": AtMost(ratio(z, x), Exp(z))},
                "of another shift": {"conclusion": AtMost(Exp(z + 1), ratio(z, x))},
                "the quotient upside down": {"conclusion": AtMost(Exp(z), 1 / ratio(z, x))},
            },
        ),
    ],
}
