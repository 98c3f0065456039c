"""Certificates that are computed once for all the tests, whichever process asks first."""

import fcntl
import os
import pickle
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.operators import CATALOGUE
from axiomkd.portfolio import certify
from axiomkd.recheck import check_file
from axiomkd.registry import find_operator
from axiomkd.theories.ensemble.statements import STATEMENTS
from axiomkd.verdict import Cell, decide

EVERYTHING = "AXIOMKD_SWEEP" in os.environ
"""Whether operators outside of the catalogue are asked for the guarantees too, and all of the catalogue is
decided anew, as ``scripts/sweep`` does."""
ANEW = ("linear", "geometric", "harmonic", "maximum", "linear-geometric", "weighted-uniform")
"""Operators of the catalogue that every run of the tests decides anew; of the others it takes the
certificates stored in ``proofs/catalogue``, each cell checked again by the kernel."""
CATALOGUED = {declared.id for declared in CATALOGUE}
STORED = Path(__file__).parents[2] / "proofs" / "catalogue"


def asked_of(operator):
    """The statements that the tests ask of an operator: all of the catalogue's, the axioms of others."""
    names = [statement.id for statement in STATEMENTS]
    return names if EVERYTHING or operator.id in CATALOGUED else names[: names.index("floor.atom")]


class Certified:
    """The certificate of each operator, by id or by file; every cell is decided anew from its evidence."""

    def __init__(self, folder):
        self.folder = folder
        self.known = {}

    def __call__(self, name):
        operator = find_operator(str(name))
        if operator.id not in self.known:
            self.known[operator.id] = self._certificate(operator)
        return self.known[operator.id]

    def _certificate(self, operator):
        if operator.id in CATALOGUED and operator.id not in ANEW and not EVERYTHING:
            return check_file(STORED / f"{operator.id.replace('/', '_')}.json.gz").certificate
        return self._anew(operator)

    def _anew(self, operator):
        stored = self.folder / f"{operator.id.replace('/', '_')}.pickle"
        with locked(stored.with_suffix(".lock")):
            if not stored.exists():
                stored.write_bytes(
                    pickle.dumps([plain(cell) for cell in certify(operator, asked_of(operator)).cells])
                )
        return Certificate(
            operator, tuple(rebuilt(operator, *cell) for cell in pickle.loads(stored.read_bytes()))
        )


@contextmanager
def locked(path):
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def plain(cell):
    return cell.statement.id, cell.scope, cell.evidence, cell.tried, [plain(part) for part in cell.proved_at]


def rebuilt(operator, statement, scope, evidence, tried, proved_at):
    cell = Cell(operator, find_statement(statement), scope, tried=tried)
    decided = cell if evidence is None else decide(cell, evidence)
    return replace(decided, proved_at=tuple(rebuilt(operator, *part) for part in proved_at))
