"""Cells in Rocq: a proved one as steps and a theorem, a refuted one as an input or paths and a theorem."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from axiomkd.export.context import Unexported, open_context
from axiomkd.export.derivation import Derived
from axiomkd.export.jumps import Moving
from axiomkd.export.naming import coq_name, rule_name
from axiomkd.export.paths import at_parameter, lacks_a_value, standing, undefined
from axiomkd.export.ranges import applied, for_all, for_one
from axiomkd.export.solutions import Unknowns
from axiomkd.export.theorem import (
    Disproved,
    Diverging,
    Jumping,
    Proved,
    Rule,
    at_sizes,
    quantifiers,
)
from axiomkd.export.witness import Refuted
from axiomkd.export.wording import WORDINGS, Wording
from axiomkd.kernel.evaluation import Undecided, Undefined
from axiomkd.kernel.evidence import Derivation, Evidence, Paths, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import Continuous
from axiomkd.operator import Operator
from axiomkd.theories.ensemble.arguments import ARGUMENTS
from axiomkd.theories.ensemble.setting import at_least

ROOTS = "a witness with a number of which only an interval is known"
UNKNOWN = "(* no proof of this is known to the exporter *) exact I."


@dataclass(frozen=True)
class Exported:
    """A cell in Rocq: the name of its theorem, the text, and what the exporter could not write."""

    statement: str
    name: str
    text: str
    missing: tuple[str, ...] = ()


def exported(
    operator: Operator, statement: str, goal: Goal, evidence: Evidence, suffix: str = ""
) -> Exported:
    """A decided cell in Rocq."""
    wording = WORDINGS.get(statement)
    reason = "Statements.v has no definition of the statement" if wording is None else unwritten(operator)
    if wording is None or reason:
        return Exported(statement, coq_name(statement), "", (reason,))
    if operator.implicit is not None and statement in ARGUMENTS:
        reason = "the library has no theorem that an equation has a solution"
        return Exported(statement, coq_name(statement), "", (reason,))
    cell = Cell(operator, statement, wording)
    if isinstance(evidence, Derivation):
        return cell.proved(goal, evidence, suffix)
    if isinstance(evidence, Witness):
        return cell.refuted(goal, evidence) if not evidence.roots else cell.left_out(ROOTS)
    return cell.refuted_by_paths(goal, evidence)


def unwritten(operator: Operator) -> str:
    """What of an operator cannot be written in Rocq, empty when all can."""
    at = open_context()
    try:
        at.term(operator.value)
        for condition in operator.implicit.conditions if operator.implicit else ():
            at.formula(condition)
    except Unexported as reason:
        return str(reason)
    return ""


@dataclass(frozen=True)
class Cell:
    """A statement about an operator, to be proved or refuted."""

    operator: Operator
    statement: str
    wording: Wording

    @property
    def word(self) -> str:
        return coq_name(self.statement)

    @property
    def rule(self) -> Rule:
        return Rule(applied(self.operator, rule_name(self.operator.id)), self.operator.value)

    def claim(self, goal: Goal) -> str:
        return f"{self.word} {at_sizes(goal)} {arguments(self.operator, self.statement)}"

    def proved(self, goal: Goal, evidence: Derivation, suffix: str) -> Exported:
        name = f"{rule_name(self.operator.id)}_{self.word}{suffix}"
        module = f"{self.word}{suffix}_steps"
        derived = Derived(goal, evidence)
        text = f"\nModule {module}.\n{derived.write('claim')}End {module}.\n"
        bounds, unknowns = self._bounds(goal), self._unknowns(goal)
        try:
            proof = Proved(derived, self.wording, self.rule, f"{module}.claim", bounds, unknowns).proof()
        except Unexported as reason:
            derived.missing.append(f"statement: {reason}")
            proof = UNKNOWN
        before, intros = for_all(self.operator, goal)
        if unknowns is not None:
            before, intros = (
                f"{before}forall solution, {unknowns.solved} -> ",
                f"{intros}intros solution solved. ",
            )
        sizes = quantifiers(goal) + "".join(f"{derived.fact(goal.facts[n])} -> " for n in bounds)
        text += f"Theorem {name} : {before}{sizes}{self.claim(goal)}.\nProof. {intros}{proof} Qed.\n"
        return Exported(self.statement, name, text, tuple(derived.missing))

    def _unknowns(self, goal: Goal) -> Unknowns | None:
        return Unknowns(self.operator, goal, self.wording.inputs) if self.operator.implicit else None

    def _bounds(self, goal: Goal) -> list[int]:
        """The facts about sizes that come from the operator, being meant from some sizes on."""
        own = re.findall(r"\d+", " ".join(w for w in self.wording.binders.split() if w[0].isdigit()))
        known = [at_least(number, sort).conclusion for sort, number in self.operator.least]
        facts = [fact.conclusion for fact in goal.facts]
        return [n for n, fact in enumerate(facts) if fact in known and str(n) not in own]

    def refuted(self, goal: Goal, evidence: Witness) -> Exported:
        witness = Refuted(goal, evidence)
        lines = witness.write()
        try:
            proof = Disproved(witness, self.wording, self.rule, self._unknowns(witness.sized)).proof()
        except (Unexported, Undefined, Refused) as reason:
            witness.missing.append(f"statement: {reason}")
            proof = UNKNOWN
        return self._fails(witness, "witness", lines, proof)

    def refuted_by_paths(self, goal: Goal, evidence: Paths) -> Exported:
        """Refuted by limits that differ, or by a value that is missing along a path or at its end."""
        moves = isinstance(goal.conclusions[evidence.conclusion], Continuous)
        ways = [self._undefined, self._diverging]
        if moves:
            ways = [self._undefined if lacks_a_value(goal, evidence) else self._jumping]
        reasons = []
        for way in ways:
            try:
                return way(goal, evidence)
            except (Unexported, Undefined, Undecided, Refused) as reason:
                reasons.append(str(reason))
        claim = self.claim(replace(goal, sizes=evidence.sizes))
        text = f"\nTheorem {self._name()} : ~ {claim}.\nProof. {UNKNOWN} Qed.\n"
        return Exported(self.statement, self._name(), text, (f"paths: {'; '.join(reasons)}",))

    def left_out(self, reason: str) -> Exported:
        """A refuted cell that is not in the file."""
        return Exported(self.statement, self._name(), "", (reason,))

    def _undefined(self, goal: Goal, evidence: Paths) -> Exported:
        return self.refuted(goal, undefined(goal, evidence))

    def _diverging(self, goal: Goal, evidence: Paths) -> Exported:
        witness = Refuted(goal, standing(goal, evidence))
        lines = witness.write(fails=False)
        return self._fails(witness, "path", lines, Diverging(witness, self.wording, self.rule).proof())

    def _jumping(self, goal: Goal, evidence: Paths) -> Exported:
        witness = Refuted(goal, at_parameter(evidence, 0))
        lines = witness.write(fails=False)
        moving = [Moving(witness, dict(path), place + 1) for place, path in enumerate(evidence.paths)]
        lines += "".join(f"{line}\n" for path in moving for line in path.write())
        return self._fails(witness, "path", lines, Jumping(witness, self.wording, self.rule, moving).proof())

    def _name(self) -> str:
        return f"{rule_name(self.operator.id)}_{self.word}_fails"

    def _fails(self, witness: Refuted, kind: str, lines: str, proof: str) -> Exported:
        name, module, claim = self._name(), f"{self.word}_{kind}", self._failing(witness)
        lines += "".join(f"{line}\n" for line in witness.numbers.drained())
        text = f"\nModule {module}.\n{lines}Lemma claim : {claim}. Proof. {proof} Qed.\nEnd {module}.\n"
        whole, proof = for_one(self.operator, witness.goal, claim, module)
        text += f"Theorem {name} : {whole}.\nProof. {proof} Qed.\n"
        return Exported(self.statement, name, text, tuple(witness.missing))

    def _failing(self, witness: Refuted) -> str:
        """What the theorem of a refuted cell says."""
        unknowns, claim = self._unknowns(witness.sized), self.claim(witness.sized)
        return (
            f"~ {claim}"
            if unknowns is None
            else unknowns.refutation(claim, unknowns.words(witness.indices()))
        )


def arguments(operator: Operator, statement: str) -> str:
    name = rule_name(operator.id)
    rule, domain = (applied(operator, part) for part in (name, f"{name}_defined"))
    if statement.startswith("well_defined"):
        return domain
    if statement == "temperature.identity":
        return f"{rule} {domain} {rule if operator.base is None else applied(operator, f'{name}_base')}"
    return f"{rule} {domain}"
