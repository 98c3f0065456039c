"""The statements of every theory: found by id, chosen by family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from axiomkd.errors import UnknownName
from axiomkd.language.signature import nearest
from axiomkd.statement import Statement
from axiomkd.theories.ensemble.statements import FURTHER, STATEMENTS


def statements(theory: str = "ensemble") -> tuple[Statement, ...]:
    """The statements of a theory, in the order of the vocabulary."""
    return tuple(statement for statement in STATEMENTS if statement.theory == theory)


def find_statement(name: str) -> Statement:
    """The statement with this id.

    :raises UnknownName: when there is none, with the ids nearest to it.
    """
    for statement in (*STATEMENTS, *FURTHER):
        if statement.id == name:
            return statement
    known = [statement.id for statement in (*STATEMENTS, *FURTHER)]
    raise UnknownName(f"expected the id of a statement, got {name}{nearest(name, known)}")


def choose(names: Iterable[str], theory: str = "ensemble") -> Sequence[Statement]:
    """The statements with these ids or of these families, in the vocabulary's order; all when none is named.

    Those that are asked only when named are found by their ids.

    :raises UnknownName: when a name is neither an id nor a family.
    """
    wanted = list(names)
    known = (*statements(theory), *(statement for statement in FURTHER if statement.theory == theory))
    for name in wanted:
        if not any(belongs(statement, name) for statement in known):
            words = {word for statement in known for word in (statement.id, family(statement))}
            hint = nearest(name, sorted(words))
            raise UnknownName(f"expected the id of a statement or a family, got {name}{hint}")
    return [s for s in known if any(belongs(s, name) for name in wanted)] if wanted else statements(theory)


def family(statement: Statement) -> str:
    """The part of the id before the dot: the axiom of which the statement is a reading."""
    return statement.id.split(".")[0]


def belongs(statement: Statement, name: str) -> bool:
    return name == statement.id or (statement not in FURTHER and name == family(statement))
