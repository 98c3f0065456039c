"""Reports on implications in the matrix: which statements go together, which imply which, what is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from axiomkd.certificate import layout
from axiomkd.explore.conjectures import Conjecture, Conjectures
from axiomkd.explore.stored import FORMAT
from axiomkd.implications.wire import as_data
from axiomkd.kernel.table import Json
from axiomkd.report.environment import environment
from axiomkd.report.implications import evidence_of
from axiomkd.report.markdown import MARKS

WORDS = {"proved": "proved", "refuted": "refuted", "undecided": "open"}
NOTE = (
    "No operator of the matrix contradicts these. Proved: for every rule that gives a distribution. "
    "Refuted: by the operator named, which is not in the matrix. Open: neither."
)


def write_conjectures(found: Conjectures, format: str) -> str:
    """The report as ``"markdown"``, ``"html"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return layout(_data(found))
    if format == "markdown":
        return "\n".join(_markdown(found)) + "\n"
    if format == "html":
        return _html(found)
    raise ValueError(f"expected markdown, html or json, got {format}")


def sentence(conjecture: Conjecture) -> str:
    """An implication in a line."""
    implication = conjecture.settled.implication
    premises = " and ".join(statement.id for statement in implication.premises)
    return f"{premises} => {implication.conclusion.id}"


def counts(found: Conjectures) -> str:
    """How many implications are proved, refuted and open.

    >>> from axiomkd.explore.lattice import Context
    >>> counts(Conjectures(Context((), (), ()), (), ()))
    '0 proved, 0 refuted, 0 open'
    """
    verdicts: list[str] = [conjecture.settled.verdict for conjecture in (*found.single, *found.several)]
    return ", ".join(f"{verdicts.count(verdict)} {word}" for verdict, word in WORDS.items())


def groups(found: Conjectures) -> Iterator[str]:
    """The statements that no operator of the matrix tells apart, and those that none fails or none has."""
    context = found.context
    for together in context.classes:
        if len(together) > 1:
            yield f"together: {', '.join(together)}"
    rest = [s for s in context.statements if s not in (*context.telling, *context.unfailed)]
    for words, statements in (("failed by none", context.unfailed), ("satisfied by none", rest)):
        if statements:
            yield f"{words}: {', '.join(statements)}"


def _data(found: Conjectures) -> dict[str, Json]:
    context = found.context
    return {
        "format": FORMAT,
        "operators": len(context.proved),
        "together": [list[Json](c) for c in context.classes if len(c) > 1],
        "failed by none": list(context.unfailed),
        "implications": [
            {"support": conjecture.support, **as_data(conjecture.settled)}
            for conjecture in (*found.single, *found.several)
        ],
    }


def _markdown(found: Conjectures) -> Iterator[str]:
    yield from ("# Implications between statements", "")
    yield from (f"From the verdicts of {len(found.context.proved)} operators. {NOTE}", "")
    yield from (f"{counts(found)}.", "", "## Statements that no operator tells apart", "")
    yield from (f"- {line}" for line in groups(found))
    for title, part in _sections(found):
        yield from _section(title, part)


def _html(found: Conjectures) -> str:
    template = environment({"evidence": evidence_of}, escape=True).get_template("implications.html")
    sections = [(title, part) for title, part in _sections(found) if part]
    return template.render(
        report=found,
        note=NOTE,
        counts=counts(found),
        groups=list(groups(found)),
        sections=sections,
        sentence=sentence,
        marks=MARKS,
        words=WORDS,
    )


def _sections(found: Conjectures) -> Iterator[tuple[str, Sequence[Conjecture]]]:
    yield "From one statement", found.single
    yield "From several statements", found.several


def _section(title: str, conjectures: Sequence[Conjecture]) -> Iterator[str]:
    if conjectures:
        yield from ("", f"## {title}", "", "| implication | operators with both | verdict | evidence |")
        yield "| --- | --- | --- | --- |"
        for conjecture in conjectures:
            settled = conjecture.settled
            verdict = f"{MARKS[settled.verdict]} {WORDS[settled.verdict]}"
            evidence = evidence_of(settled).replace("|", "\\|")
            yield f"| {sentence(conjecture)} | {conjecture.support} | {verdict} | {evidence} |"
