"""Which guarantees follow from which axioms: every guarantee against the sets of axioms that are in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from axiomkd.catalogue import find_statement
from axiomkd.implications.model import Implication
from axiomkd.implications.search import Cells, settle
from axiomkd.implications.verdict import Settled
from axiomkd.operator import Operator
from axiomkd.portfolio import WORKERS, Pool
from axiomkd.registry import operators
from axiomkd.statement import Scope

AXIOMS = (
    "convexity.simplex",
    "positivity.all",
    "weight_monotonicity.exchange",
    "weight_monotonicity.exchange_strict",
    "continuity.closed",
    "temperature.identity",
    "temperature.uniform",
    "temperature.argmax",
)
PREMISES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Axioms 1-5", AXIOMS),
    ("Axioms 1-5, unanimity", (*AXIOMS, "unanimity")),
    ("between", ("convexity.between",)),
    ("hull", ("convexity.hull",)),
    ("log-odds, continuity", ("weight_monotonicity.log_odds", "continuity.interior")),
    ("external Bayesianity, unanimity", ("external_bayesianity", "unanimity")),
    ("marginalisation, unanimity", ("marginalisation", "unanimity")),
)
"""Sets of axioms, each under a title: those of arXiv 2601.09165 as printed, and the usual repairs."""
GUARANTEES = (
    *("weight_monotonicity.divergence_from", "weight_monotonicity.divergence_to"),
    *("floor.atom", "attenuation.ceiling", "attenuation.strict"),
    *("safety.inheritance", "safety.event", "safety.veto"),
    *("jensen.student_kl", "jensen.target_kl", "log_loss.pointwise", "log_loss.expected", "brier.mean"),
    *("entropy.concave", "entropy.convex", "regret.log_weight"),
    *("variance.uncorrelated", "variance.correlated"),
    *("variance.coordinate", "variance.trace", "variance.optimal"),
    *("bias.convex", "bias.ambiguity", "kl.ambiguity", "kl.compensation"),
    *("response", "robustness", "logit_shift"),
)
REFUTERS = (
    ("weight-smoothed", "Linear pool with smoothed weights", "expr", "Sum((9/10*w[k] + 1/10/K)*p[k,i], k)"),
    ("equal-weights", "Linear pool that ignores the weights", "expr", "Sum(p[k,i], k)/K"),
    ("equal-geometric", "Geometric pool that ignores the weights", "mass", "Prod(p[k,i]**(1/K), k)"),
)
"""Rules beside the catalogue's that satisfy many axioms and few guarantees."""


@dataclass(frozen=True)
class Table:
    """The implications, a row for each guarantee and a column for each set of axioms."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Settled, ...]], ...]


def refuters() -> tuple[Operator, ...]:
    """The operators among which a counterexample is looked for.

    Verdicts on an implicit operator speak of its solutions, not of there being one: it refutes nothing here.
    """
    tables = ({"id": name, "title": title, written: text} for name, title, written, text in REFUTERS)
    explicit = (operator for operator in operators() if operator.implicit is None)
    return (*explicit, *(Operator.from_tables({"operator": table}) for table in tables))


def guarantees(watch: Callable[[Settled], None] | None = None) -> Table:
    """The whole table; ``watch`` is told of each implication as soon as it is settled."""
    with Pool(WORKERS) as pool:
        cells = Cells(pool, refuters(), Scope())
        rows = tuple((name, tuple(_row(cells, name, watch))) for name in GUARANTEES)
    return Table(tuple(title for title, _ in PREMISES), rows)


def _row(cells: Cells, guarantee: str, watch: Callable[[Settled], None] | None) -> Iterator[Settled]:
    for _, premises in PREMISES:
        claim = Implication(tuple(map(find_statement, premises)), find_statement(guarantee))
        settled = settle(claim, cells)
        if watch is not None:
            watch(settled)
        yield settled
