"""The commands that enumerate rules: which satisfy some axioms, how many, and which axiom needs which."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from axiomkd.cli.exploring import ListFormat
from axiomkd.cli.options import Format, Output, app, split
from axiomkd.cli.pictures import Picture, Plot
from axiomkd.errors import DeclarationError

if TYPE_CHECKING:
    from axiomkd.explore.enumeration import Dask, Local
    from axiomkd.explore.store import Store


class Backend(StrEnum):
    """Where candidates are decided."""

    local = "local"
    dask = "dask"


Required = Annotated[
    list[str], typer.Option("--require", help="Ids of statements or families, separated by commas.")
]
Nodes = Annotated[int, typer.Option("--size", min=1, max=12, help="The most nodes that a rule has.")]
Kept = Annotated[Path | None, typer.Option("--store", metavar="FILE", help="Keep everything in this file.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=256, help="Processes on this machine.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a store.")]
Where = Annotated[Backend, typer.Option("--backend", help="Processes here, or a Dask cluster.")]
Scheduler = Annotated[str, typer.Option("--scheduler", metavar="ADDRESS", help="Of the Dask scheduler.")]
Written = Annotated[Format, typer.Option(help="How to write what is found.")]


@app.command(name="enumerate")
def enumerate_(
    size: Nodes = 2,
    require: Required = [],  # noqa: B006
    store: Kept = None,
    resume: Resume = False,
    jobs: Jobs = 2,
    backend: Where = Backend.local,
    scheduler: Scheduler = "",
    format: Annotated[ListFormat, typer.Option(help="How to write what is found.")] = ListFormat.table,
    output: Output = None,
) -> None:
    """Decide of every rule of a grammar whether it satisfies some axioms.

    A rule is out at its first axiom that fails, with a counterexample; of rules that are proved to be
    the same, one is decided. Everything is stored as soon as it is known: after an interrupt, go on
    with --store FILE --resume. Without --require: Axioms 1 to 5 of arXiv 2601.09165 as printed.
    """
    from axiomkd import display
    from axiomkd.cli.enumeration_tables import enumeration_table
    from axiomkd.report.exploration import write_enumeration

    destination = display.Destination(output)
    with enumerated(size, require, store, resume, _backend(backend, scheduler, jobs)) as found:
        if format is ListFormat.table:
            destination.show(enumeration_table(found))
        else:
            destination.write(write_enumeration(found, format))


@app.command()
def nonuniqueness(
    size: Nodes = 2,
    require: Required = [],  # noqa: B006
    store: Kept = None,
    resume: Resume = False,
    jobs: Jobs = 2,
    plot: Plot = None,
    format: Written = Format.table,
    output: Output = None,
) -> None:
    """Show that several rules satisfy some axioms, and infinitely many where a family does.

    Each rule is proved to satisfy them, each two are told apart by an exact input. The JSON can be checked
    by axiomkd check. Without --require: Axioms 1 to 5 of arXiv 2601.09165 as printed. --plot draws what
    the rules make of one input.
    """
    from axiomkd import display
    from axiomkd.cli.enumeration_tables import nonuniqueness_table
    from axiomkd.explore import grammar
    from axiomkd.explore.enumeration import Local
    from axiomkd.explore.nonuniqueness import certificate_of
    from axiomkd.report.exploration import write_nonuniqueness

    destination, picture = display.Destination(output), Picture(plot)
    with enumerated(size, require, store, resume, Local(jobs)) as kept, display.Progress() as progress:
        found = certificate_of(kept, grammar.up_to(size), progress.note)
    if picture:
        from axiomkd.report.plots import nonuniqueness_figure

        picture.write(nonuniqueness_figure(found))
    if format is Format.table:
        destination.show(nonuniqueness_table(found))
    else:
        destination.write(write_nonuniqueness(found, format))


@app.command()
def independence(
    size: Nodes = 2,
    require: Required = [],  # noqa: B006 - typer reads the default, nothing changes it
    operator: Annotated[
        list[str], typer.Option(metavar="OPERATOR", help="Look at this rule first: an id, a file.")
    ] = [],  # noqa: B006
    format: Written = Format.table,
    output: Output = None,
) -> None:
    """For each axiom of a set find a rule that satisfies all the others and fails it.

    The rules are those of the catalogue and of the grammar that enumerate goes through, and those that
    are named by --operator. Where an axiom follows from the others instead, that is proved.
    Without --require: for Axioms 1 to 5 of arXiv 2601.09165 as printed, and for the repaired set.
    """
    from axiomkd import display
    from axiomkd.cli.enumeration_tables import independence_table
    from axiomkd.explore.independence import REPAIRED
    from axiomkd.explore.independence import independence as find
    from axiomkd.registry import find_operator
    from axiomkd.report.exploration import write_independence

    destination = display.Destination(output)
    sets = [_chosen(require)] if require else [_chosen([]), REPAIRED]
    given = [find_operator(name) for name in operator]
    with display.Progress() as progress:
        found = [find(required, size, given, progress.note) for required in sets]
    if format is Format.table:
        destination.show(independence_table(found))
    else:
        destination.write(write_independence(found, format))


def _chosen(names: list[str]) -> tuple[str, ...]:
    """The ids of the statements that are named; those of Axioms 1 to 5 when none is."""
    from axiomkd.catalogue import choose
    from axiomkd.explore.independence import AXIOMS_1_TO_5

    if not names:
        return AXIOMS_1_TO_5
    return tuple(statement.id for statement in choose(split(names)))


def _backend(backend: Backend, scheduler: str, jobs: int) -> Local | Dask:
    from axiomkd.explore.enumeration import Dask, Local

    if (backend is Backend.dask) != bool(scheduler):
        raise DeclarationError("expected --backend dask together with --scheduler ADDRESS, got one of them")
    return Dask(scheduler) if scheduler else Local(jobs)


@contextmanager
def enumerated(
    size: int, require: list[str], file: Path | None, resume: bool, backend: Local | Dask
) -> Iterator[Store]:
    """A store that holds every rule with at most so many nodes, with a bar that shows how far it is.

    :raises DeclarationError: when the store cannot be used for this.
    """
    from axiomkd.cli.enumeration_tables import Bar
    from axiomkd.explore import grammar
    from axiomkd.explore.enumeration import enumerate_rules
    from axiomkd.explore.store import Store

    if resume and (file is None or not file.exists()):
        raise DeclarationError("--resume: expected --store with a file that exists")
    with Store(file) as store:
        store.begin(_chosen(require), resume)
        total = sum(1 for _ in grammar.up_to(size))
        warnings.filterwarnings("ignore", "[0-9]+ tasks which were still being processed")
        try:
            with backend.parallel() as parallel, Bar(total, len(store.fingerprints())) as bar:
                left_out = enumerate_rules(store, grammar.up_to(size), parallel, bar.advance)
        except KeyboardInterrupt:
            hint = f"; go on with --store {file} --resume" if file else ""
            typer.echo(f"axiomkd: interrupted{hint}", err=True)
            raise typer.Exit(130) from None
        if left_out:
            typer.echo(f"axiomkd: {left_out} rules with formulas too long to declare were left out", err=True)
        yield store
