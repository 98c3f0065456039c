"""How each statement of ``Statements.v`` quantifies: from the kernel's goal to the statement's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from axiomkd.export.shapes import rule_at
from axiomkd.kernel.terms import Free, Term, big_sum, variable

i, j = Free("i", "outcome"), Free("j", "outcome")
q: Term = rule_at(i)


@dataclass(frozen=True)
class Part:
    """One conclusion: the indices over which it is universal; the shape of its domain, if it is one.

    ``kind`` is ``"plain"``, ``"running"`` (universal in the limit variable too) or ``"limit"``. ``pools``
    names the sides of an equation, or what the domain is of, that pool two families of teachers.
    """

    indices: tuple[str, ...] = ()
    shape: Term | None = None
    kind: str = "plain"
    pools: tuple[str, ...] = ()


@dataclass(frozen=True)
class Input:
    """An input at which a statement asks a rule, in the words of ``Statements.v``, for rules with an unknown.

    ``scenario`` says that there is one for every scenario s; ``closed`` that a zero is not outside of the
    domain. ``raw`` are the teachers where that is empty.
    """

    teachers: str = "p"
    weights: str = "w"
    temperatures: str = "(fun _ => 1)"
    raw: str = ""
    outcomes: str = "V"
    scenario: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Wording:
    """What a statement quantifies over, in order, its conclusions, and the inputs in the goal's order.

    Words of ``binders``: a variable; ``@a`` an index with its range; ``%s`` a permutation; ``#M`` a size;
    ``=10`` that K is M + N, which is fact 10; ``0`` a fact; ``0+1`` a conjunction of facts.
    """

    binders: str
    parts: tuple[Part, ...]
    inputs: tuple[Input, ...] = (Input(),)


def plain(*indices: str) -> Part:
    return Part(indices)


def domain(*indices: str, shape: Term = q, kind: str = "plain") -> Part:
    return Part(indices, shape, kind)


def equation(*pools: str) -> Part:
    return Part(("i",), pools=pools)


def pooled_domain(pool: str) -> Part:
    return Part(("i",), q, pools=(pool,))


SIMPLE = "p w 0+1 2+3"
PATH = "p w s @a"
ANOTHER = "p w x 0+1 2+3 4+5"
SCENARIOS = "#N P pi w"
DRAWS = "#M #N rows rho f P pi w 0+1 2+3 4+5+6+7+8+9 10+11+12+13 14+15 16+17+18"
INNER = (plain(), domain(), domain())
SINGLE_BOUND = (plain(), domain("i"))
EVERYWHERE = domain("s", "i")
SINGLE = (Part(("i",), None, "limit"), domain("i", kind="running"), domain("i", kind="running"))
POOL = (Part(("i",), None, "limit"), domain("i", kind="running"))
JOINT = (Part(("i",), None, "limit"), domain("i", kind="running"))
ODDS = rule_at(i) * rule_at(j) ** -1
TAU = variable("tau")
RAISED = q ** (1 / TAU) / big_sum(i, q ** (1 / TAU))
UPDATED = variable("L", i) * q / big_sum(i, variable("L", i) * q)
GIVEN = Input()
CLOSED = (Input(closed=True),)
EXCHANGED = (GIVEN, Input(weights="(exchanged w a b d)"))
ALONG = (GIVEN, Input(weights="(on_path w a s)"))
EACH = (Input("(P s)", scenario=True),)
CHANGED = (GIVEN, Input("(changed a x p)"))
RESPONSE = "(changed a (fun j => (1 + (-1) * d) * p a j + d * rif (Nat.eqb j i) 1 0) p)"
BEST = "rpow (variance N pi (fun t => P t k i)) (-1)"
BEST = f"(fun k => {BEST} * rpow (rsum K (fun k => {BEST})) (-1))"


def at_temperature(name: str) -> Input:
    return Input(f"(common V {name} p)", temperatures=f"(fun _ => {name})", raw="p")


WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "well_defined.interior": Wording(SIMPLE, (domain("i"),)),
        "well_defined.closed": Wording(SIMPLE, (domain("i"),)),
        "convexity.simplex": Wording(SIMPLE, (plain("i"), plain(), domain("i"))),
        "convexity.between": Wording(SIMPLE, (plain("i"), plain("i"), domain("i"))),
        "convexity.hull": Wording(SIMPLE, (plain(), domain("i"))),
        "positivity.all": Wording(SIMPLE, (plain("i"), domain("i"))),
        "positivity.some": Wording("p w @a @i 0+1 2+3 4 5 6", (plain(),), CLOSED),
        "positivity.zero": Wording("p w @i 0+1 2+3 4 5", (plain(),), CLOSED),
        "weight_monotonicity.exchange": Wording("p w d @a @b @i 0+1 2+3 4 5 6", INNER, EXCHANGED),
        "weight_monotonicity.exchange_strict": Wording("p w d @a @b @i 0+1 2+3 4 5 6", INNER, EXCHANGED),
        "weight_monotonicity.favourite": Wording("p w s @a @i 0+1 2+3 4 5 6", INNER, ALONG),
        "weight_monotonicity.log_odds": Wording(
            f"{PATH} 0+1 2+3 4 5",
            (plain("i", "j"), plain("i", "j"), domain("i", "j", shape=ODDS), domain("i", "j", shape=ODDS)),
            ALONG,
        ),
        "weight_monotonicity.divergence_from": Wording(
            f"{PATH} 0+1 2+3 4 5", (plain(), domain("i"), domain("i")), ALONG
        ),
        "weight_monotonicity.divergence_to": Wording(
            f"{PATH} 0+1 2+3 4 5", (plain(), domain("i"), domain("i")), ALONG[::-1]
        ),
        "continuity.interior": Wording("", JOINT),
        "continuity.closed": Wording("", JOINT),
        "temperature.identity": Wording(
            SIMPLE, (plain("i"), domain("i")), (Input("(fun k => raised V 1 (p k))", raw="p"), GIVEN)
        ),
        "temperature.uniform": Wording("p w T @a 0+1 2+3 4", SINGLE),
        "temperature.argmax": Wording("p w T @a @m 0+1 2+3 4 6", SINGLE),
        "temperature.commutes": Wording(
            "p w tau 0+1 2+3 4",
            (plain("i"), domain("i"), domain("i", shape=RAISED)),
            (at_temperature("tau"), GIVEN),
        ),
        "temperature.entropy": Wording(
            "p w tau theta 0+1 2+3 4 5",
            (plain(), domain("i"), domain("i")),
            (at_temperature("tau"), at_temperature("theta")),
        ),
        "temperature.pool_uniform": Wording(SIMPLE, POOL),
        "temperature.pool_argmax": Wording("p w @m 0+1 2+3 5", POOL),
        "unanimity": Wording("x w 0 1 2+3", (plain("i"), domain("i")), (Input("(fun _ => x)"),)),
        "anonymity": Wording(
            "p w %sigma 0+1 2+3",
            (plain("i"), domain("i")),
            (Input("(fun k => p (sigma k))", "(fun k => w (sigma k))"), GIVEN),
        ),
        "neutrality": Wording(
            "p w %pi 0+1 2+3", (plain("i"), domain("i")), (Input("(fun k j => p k (pi j))"), GIVEN)
        ),
        "marginalisation": Wording(
            "#M p w c 0+1 2+3 4+5+6+7",
            (plain("g"), domain("i"), domain("g")),
            (GIVEN, Input("(fun k g => rsum V (fun i => c i g * p k i))", outcomes="M")),
        ),
        "external_bayesianity": Wording(
            "p w L 0+1 2+3 4",
            (plain("i"), domain("i"), domain("i", shape=UPDATED)),
            (Input("(fun k i => L i * p k i * rpow (rsum V (fun j => L j * p k j)) (-1))"), GIVEN),
        ),
        "clone_invariance": Wording(
            "p w d @a 0+1 2+3 4 5", (equation("cloned", ""), pooled_domain("cloned"), domain("i"))
        ),
        "associativity": Wording(
            "#M #N =10 A u B v beta 0+1 4+5 2+3 6+7 8 9",
            (equation("in_turn", "at_once"), pooled_domain("in_turn"), pooled_domain("at_once")),
        ),
        "eventwise_independence": Wording("p w y @i 0+1 2+3 4+5 6", INNER, (GIVEN, Input("y"))),
        "logit_shift": Wording(
            "g h w 0 1 2+3",
            (plain("i"), domain("i"), domain("i")),
            (
                Input("(fun k i => h k * g k i * rpow (rsum V (fun j => h k * g k j)) (-1))"),
                Input("(fun k i => g k i * rpow (rsum V (fun j => g k j)) (-1))"),
            ),
        ),
        "argmax.unanimity": Wording("p w @m 0+1 2+3 4", (plain("j"), domain(), domain("j"))),
        "attenuation.strict": Wording("p w @a @i 0+1 2+3 4 5", (plain(), domain())),
        "safety.inheritance": Wording("p w @a 0+1 2+3 4", (plain("i"), domain("i"))),
        "safety.event": Wording("p w e 0+1 2+3 4", SINGLE_BOUND),
        "safety.veto": Wording("p w @a @i 0+1 2+3 4 5 6", (plain(),), CLOSED),
        "jensen.student_kl": Wording(ANOTHER, SINGLE_BOUND),
        "jensen.target_kl": Wording(ANOTHER, (plain(), plain("i"), domain("i"))),
        "entropy.concave": Wording(SIMPLE, SINGLE_BOUND),
        "entropy.convex": Wording(SIMPLE, SINGLE_BOUND),
        "log_loss.pointwise": Wording(SIMPLE, (plain("i"), plain("i"), domain("i"))),
        "log_loss.expected": Wording(
            f"{SCENARIOS} eta 0+1+2+3 4+5 6 7", (plain(), plain("s", "i"), EVERYWHERE), EACH
        ),
        "brier.mean": Wording(SIMPLE, (plain("j"), domain("i"))),
        "regret.log_weight": Wording("p w @a 0+1 2+3 4", (plain("i"), plain("i"), domain("i"))),
        "variance.uncorrelated": Wording(
            f"{SCENARIOS} 0+1+2+3 4+5 6 7",
            (plain("i"), plain("i"), plain("k", "i"), plain("i"), EVERYWHERE),
            EACH,
        ),
        "variance.correlated": Wording(
            f"{SCENARIOS} variance correlation 0+1+2+3 4+5 6", (plain("i"), plain(), EVERYWHERE), EACH
        ),
        "variance.coordinate": Wording(DRAWS, (plain("i"), EVERYWHERE), EACH),
        "variance.trace": Wording(DRAWS, (plain(), EVERYWHERE), EACH),
        "variance.optimal": Wording(
            f"{SCENARIOS} @i 0+1+2+3 4+5 6 7 8",
            (plain(), plain(), domain("s"), domain("s")),
            (*EACH, Input("(P s)", BEST, scenario=True)),
        ),
        "bias.convex": Wording(f"{SCENARIOS} x 0+1+2+3 4+5 6 7", (plain(), EVERYWHERE), EACH),
        "bias.ambiguity": Wording("p w x 0+1 2+3 4 5", SINGLE_BOUND),
        "kl.ambiguity": Wording(ANOTHER, (plain(), plain("i"), domain("i"))),
        "kl.compensation": Wording(ANOTHER, (plain(), plain("i"), domain("i"))),
        "response": Wording("p w d @a @i 0+1 2+3 4 5", INNER, (GIVEN, Input(RESPONSE))),
        "robustness": Wording("p w x @a 0+1 2+3 4+5", (plain(), domain("i"), domain("i")), CHANGED),
        "rank.unanimity": Wording("p w @i @j 0+1 2+3 4", INNER),
        "floor.atom": Wording(SIMPLE, (plain("i"), domain("i"))),
        "attenuation.ceiling": Wording(SIMPLE, (plain("i"), domain("i"))),
        "linear_pool": Wording(SIMPLE, (plain("i"), domain("i"))),
        "assumption_l": Wording(
            "p g w h s @a @i 0+1 2+3 4+5 6+7 8 9 10",
            (plain(), plain(), *(domain() for _ in range(5))),
            (
                Input(weights="(fun k => (1 + (-1) * s) * w k + s * h k)"),
                GIVEN,
                Input(weights="h"),
                *(Input(teachers, "(fun k => rif (Nat.eqb k a) 1 0)") for teachers in "pg"),
            ),
        ),
        "safety.hoelder": Wording("p w e 0+1 2+3 4", SINGLE_BOUND),
        "variance.definition": Wording(SIMPLE, (plain("i"), domain("i"))),
        "variance.sum": Wording(f"{SCENARIOS} 0+1+2+3 4+5 6", (plain("i"), EVERYWHERE), EACH),
        "variance.nonnegative": Wording(SIMPLE, (plain("i"), domain("i"))),
    }
)
"""The statements that have a definition in ``Statements.v``."""
