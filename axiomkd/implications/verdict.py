"""What is known of an implication: a proof that the kernel has accepted, or an operator that refutes it."""

from __future__ import annotations

from dataclasses import dataclass

from axiomkd.certificate import Certificate
from axiomkd.errors import EvidenceError
from axiomkd.implications.model import Argument, Implication, check_argument
from axiomkd.verdict import Verdict


@dataclass(frozen=True)
class Settled:
    """An implication with its proof, or with the certificate of a rule that satisfies all but the conclusion.

    It exists only if the kernel accepts the proof; the cells of the certificate are accepted as they
    are. ``tried`` says what was tried.

    :raises axiomkd.kernel.judgement.Refused: when the kernel does not accept the proof.
    :raises EvidenceError: when the certificate does not refute the implication.
    """

    implication: Implication
    argument: Argument | None = None
    counterexample: Certificate | None = None
    tried: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.argument is not None:
            check_argument(self.implication, self.argument)
        if self.counterexample is not None:
            _check_counterexample(self.implication, self.counterexample)

    @property
    def verdict(self) -> Verdict:
        if self.argument is not None:
            return "proved"
        return "undecided" if self.counterexample is None else "refuted"


def _check_counterexample(implication: Implication, certificate: Certificate) -> None:
    wanted = {**dict.fromkeys(implication.usable, "proved"), implication.conclusion.id: "refuted"}
    for statement, verdict in wanted.items():
        cell = certificate[statement]
        if (cell.verdict, cell.scope) != (verdict, implication.scope):
            where = f"{certificate.operator.id}, {statement}"
            raise EvidenceError(f"{where}: expected {verdict} at {implication.scope}, got {cell.verdict}")
