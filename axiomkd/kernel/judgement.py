"""Goals, facts and judgements: what is to be concluded, from what, and what has been."""

from __future__ import annotations

from dataclasses import dataclass, field

from axiomkd.kernel.terms import Formula, Free


class Refused(Exception):
    """A step, a witness or a certificate that does not establish what it claims.

    The parts of the message are put into words only when somebody reads it: provers meet
    refusals by the thousand.
    """

    def __str__(self) -> str:
        return " ".join(map(str, self.args))


@dataclass(frozen=True)
class Fact:
    r"""A fact of the domain, :math:`\forall` indices: hypotheses :math:`\Rightarrow` conclusion."""

    indices: tuple[Free, ...]
    conclusion: Formula
    hypotheses: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A closed formula: for all sizes, variables and indices, the facts imply every conclusion.

    ``sizes`` gives for each sort a number, or ``None`` for any number (from ``least`` on);
    ``variables`` gives for each real variable the sorts of its indices; ``indices`` are the
    free indices that facts and conclusions speak of; ``permutations`` are bijections of a sort.
    ``limit`` names the variable along which :class:`~axiomkd.kernel.terms.Tends` is meant and
    whether it goes to ``"infinity"`` or to ``"zero"`` from above.
    """

    sizes: tuple[tuple[str, int | None], ...]
    variables: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[Fact, ...]
    conclusions: tuple[Formula, ...]
    indices: tuple[Free, ...] = ()
    permutations: tuple[tuple[str, str], ...] = ()
    limit: tuple[str, str] | None = None

    def size(self, sort: str) -> int | None:
        return dict(self.sizes)[sort]


LEAST = {"teacher": 1, "outcome": 2, "merged": 2}
"""The least size of a sort, where it is not 1."""


@dataclass(frozen=True)
class Judgement:
    """A formula that holds under the goal's facts and the assumptions, for every value of the
    free indices that neither the goal's constants nor the assumptions contain."""

    formula: Formula
    assumptions: frozenset[Formula] = field(default=frozenset())
