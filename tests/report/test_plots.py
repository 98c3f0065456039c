"""Pictures: what stands in them, that it fits, and that they can be read without colours."""

import colorsys
import itertools
import re
from fractions import Fraction

import matplotlib.colors
import pytest

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.errors import DeclarationError
from axiomkd.explore.conjectures import Conjecture, Conjectures
from axiomkd.explore.intervals import Ends
from axiomkd.explore.lattice import Context
from axiomkd.explore.matrix import Entry, Matrix, of_certificates
from axiomkd.explore.plane import Box, Plane
from axiomkd.explore.region import Question, Region
from axiomkd.implications.model import Implication
from axiomkd.implications.search import argue
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.evidence import Witness
from axiomkd.operators.families import find_family
from axiomkd.registry import find_operator
from axiomkd.report.plots import (
    certificate_figure,
    matrix_figure,
    order_figure,
    path_figure,
    region_figure,
    save,
    simplex_figure,
    witness_figure,
)
from axiomkd.report.plots.canvas import LOOKS
from axiomkd.report.plots.simplex import CORNERS, convex_hull, distance, place
from axiomkd.report.plots.witness import aggregate_at
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, decide

HALVES = (Fraction(1, 2), Fraction(1, 2))
TEACHERS = (
    (Fraction(3, 5), Fraction(3, 10), Fraction(1, 10)),
    (Fraction(1, 10), Fraction(3, 10), Fraction(3, 5)),
)


def svg(figure, folder):
    save(figure, folder / "picture.svg")
    return (folder / "picture.svg").read_text()


def test_looks_differ_in_lightness_or_hatch():
    def lightness(look):
        return colorsys.rgb_to_hls(*matplotlib.colors.to_rgb(look.colour))[1]

    for one, other in itertools.combinations(
        {name: LOOKS[name] for name in LOOKS if name != "open"}.values(), 2
    ):
        assert abs(lightness(one) - lightness(other)) > 0.2 or one.hatch != other.hatch


# -- the matrix -------------------------------------------------------------------------------


def test_the_heat_map_names_every_operator_and_statement(linear, geometric, tmp_path):
    text = svg(matrix_figure(of_certificates([linear, geometric])), tmp_path)
    for word in ("linear", "geometric", "convexity.between", "neutrality", "undecided", ">?<"):
        assert word in text


def test_a_refuted_cell_names_the_v_at_which_it_is_proved(tmp_path):
    matrix = Matrix(("a",), ("unanimity",), {("a", "unanimity"): Entry("refuted", ("K=1", "V=2"))})
    text = svg(matrix_figure(matrix), tmp_path)
    assert ">V=2<" in text and "K=1" not in text


def test_a_cell_that_is_not_asked_is_left_blank():
    matrix = Matrix(("a", "b"), ("unanimity",), {("a", "unanimity"): Entry("proved")})
    assert len(matrix_figure(matrix).axes[0].patches) == 1


# -- counterexamples --------------------------------------------------------------------------


def test_the_simplex_shows_teachers_hull_and_pool_outside_of_it(geometric, tmp_path):
    text = svg(witness_figure(geometric["convexity.between"]), tmp_path)
    for word in ("geometric: convexity.between refuted", "convex hull of the teachers", "Geometric pool"):
        assert word in text
    axes = witness_figure(geometric["convexity.between"]).axes[0]
    star = next(line for line in axes.lines if line.get_marker() == "*")
    corners = convex_hull([place(row) for row in TEACHERS])
    assert distance(tuple(star.get_xydata()[0]), corners) > 0.05


def test_an_aggregate_near_the_hull_is_enlarged():
    rows = tuple(tuple(map(Fraction, row.split())) for row in ("1/2 1/4 1/4", "1/4 1/4 1/2"))
    witness = Witness(
        (("teacher", 2), ("outcome", 3)), (("p", rows), ("w", HALVES)), (("i", 2),), conclusion=1
    )
    cell = Cell(find_operator("geometric"), find_statement("convexity.between"), Scope())
    (inset,) = witness_figure(decide(cell, witness)).axes[0].child_axes
    star = next(line for line in inset.lines if line.get_marker() == "*")
    shown = inset.transAxes.inverted().transform(star.get_transform().transform(star.get_xydata()))[0]
    assert shown == pytest.approx((0.5, 0.5))
    assert all(line.get_clip_box().bounds == inset.bbox.bounds for line in inset.lines)


def test_cells_without_teachers_and_weights_to_draw_are_an_error(linear, geometric):
    with pytest.raises(DeclarationError, match="refuted by teachers and weights"):
        certificate_figure(linear)
    with pytest.raises(DeclarationError):
        witness_figure(geometric["continuity.closed"])


def test_a_certificate_is_drawn_without_the_cells_that_no_picture_shows(geometric):
    titled = [axes for axes in certificate_figure(geometric).axes if axes.get_title(loc="left")]
    assert len(titled) == 1


def test_the_exchange_of_weight_is_drawn_along_its_path(tmp_path):
    witness = Witness(
        sizes=(("teacher", 2), ("outcome", 3)),
        values=(
            ("d", Fraction(1, 2)),
            ("p", tuple(tuple(map(Fraction, row.split())) for row in ("1/2 1/3 1/6", "1/10 2/5 1/2"))),
            ("w", HALVES),
        ),
        indices=(("a", 2), ("b", 1), ("i", 2)),
    )  # fmt: skip
    cell = Cell(find_operator("geometric"), find_statement("weight_monotonicity.exchange"), Scope())
    figure = witness_figure(decide(cell, witness))
    assert "moved from teacher 1 to teacher 2" in svg(figure, tmp_path)
    thick = max(figure.axes[0].lines, key=lambda line: line.get_linewidth()).get_ydata()
    assert thick[-1] < thick[0]


def test_two_outcomes_are_drawn_as_bars():
    rows = ((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 6), Fraction(5, 6)))
    witness = Witness((("teacher", 2), ("outcome", 2)), (("p", rows), ("w", HALVES)), (("j", 1),))
    cell = Cell(find_operator("geometric"), find_statement("brier.mean"), Scope())
    assert len(witness_figure(decide(cell, witness)).axes[0].patches) == 6


def test_points_of_the_triangle():
    assert [place(row) for row in ((1, 0, 0), (0, 1, 0), (0, 0, 1))] == list(CORNERS)
    assert distance(place((1, 1, 1)), [(0, 0), (4, 0), (2, 4)]) == 0


def test_several_pools_have_markers_of_their_own():
    operators = [find_operator(name) for name in ("linear", "geometric", "maximum")]
    figure = simplex_figure(TEACHERS, HALVES, operators, "Pools")
    markers = [line.get_marker() for line in figure.axes[0].lines if line.get_label() != "teachers"]
    assert len({marker for marker in markers if marker in "*DXP^v"}) == 3


def test_the_aggregate_is_that_of_the_operator_and_undefined_is_not_drawn():
    assert aggregate_at(find_operator("linear"), TEACHERS, HALVES) == pytest.approx((0.35, 0.3, 0.35))
    apart = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
    assert all(value != value for value in aggregate_at(find_operator("geometric"), apart, HALVES))


def test_a_path_of_weights_ends_at_the_teacher():
    figure = path_figure(find_operator("linear"), TEACHERS, HALVES, 1)
    ends = [line.get_ydata()[-1] for line in figure.axes[0].lines if len(line.get_ydata()) > 2]
    assert ends == pytest.approx([0.6, 0.3, 0.1])
    assert figure.axes[0].get_xlim() == (0, 1)


# -- regions and the order of statements ------------------------------------------------------


@pytest.fixture(scope="module")
def question():
    return Question(find_family("power"), find_statement("log_loss.pointwise"))


def test_a_band_has_the_range_and_marks_refuted_and_excluded_values(question, tmp_path):
    ends = Ends(Fraction(-1), Fraction(2))
    region = Region(question, "r", ends, (Fraction(0),), (), ())
    figure = region_figure(region)
    assert figure.axes[0].get_xlim() == (-1, 2)
    assert {patch.get_hatch() for patch in figure.axes[0].patches} == {"////"}
    assert [line.get_xdata().tolist() if hasattr(line.get_xdata(), "tolist") else line.get_xdata()
            for line in figure.axes[0].lines] == [[0.0]]  # fmt: skip
    assert "refuted at this value" in svg(figure, tmp_path)


def test_a_map_has_a_rectangle_for_each_box(question):
    sides = Ends(Fraction(1), Fraction(2)), Ends(Fraction(0), Fraction(1))
    smoothed = Question(find_family("smoothed-power"), question.statement)
    cell = smoothed.at(r=sides[0].range, b=sides[1].range)
    boxes = (Box(sides, cell, None), Box(sides, cell, (Fraction(2), Fraction(1))))
    figure = region_figure(Plane(smoothed, ("r", "b"), sides, boxes))
    assert [patch.get_hatch() for patch in figure.axes[0].patches] == ["////", "...."]
    assert figure.axes[0].get_ylim() == (0, 1)


def test_the_order_shows_proved_and_open_arrows_apart(tmp_path):
    names = ("convexity.between", "floor.atom", "unanimity")
    has = [frozenset(names[first:]) for first in range(4)]
    context = Context(names, tuple(has), tuple(frozenset(names) - h for h in has))
    claim = Implication((find_statement(names[0]),), find_statement(names[1]))
    figure = order_figure(Conjectures(context, (Conjecture(Settled(claim, argue(claim)), 1),), ()))
    text = svg(figure, tmp_path)
    assert all(name in text for name in names)
    styles = [
        artist.arrow_patch.get_linestyle() for artist in figure.axes[0].texts if artist.get_text() == ""
    ]
    assert len(styles) == 2 and styles[0] != styles[1]


def test_the_same_picture_is_the_same_file(linear, tmp_path):
    drawn = [svg(matrix_figure(of_certificates([linear])), tmp_path) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert not re.search(r"<dc:date>", drawn[0])


@pytest.mark.usefixtures("home")
def test_certify_draws_and_a_wrong_suffix_is_an_error_before_any_work(run, home, monkeypatch):
    monkeypatch.setattr("axiomkd.portfolio.WORKERS", 1)
    asked = ("certify", "geometric", "--statements", "convexity.between", "--plot")
    assert run(*asked, "witness.png")[0] == 0
    assert (home / "witness.png").stat().st_size > 1000
    status, _, error = run(*asked, "witness.gif")
    assert (status, "ending in .svg" in error) == (2, True)


def test_a_certificate_of_one_cell_is_one_picture(geometric):
    one = Certificate(geometric.operator, geometric.cells[:1])
    assert [axes.get_title(loc="left").split("\n")[0] for axes in certificate_figure(one).axes][:1] == [
        "geometric: convexity.between refuted"
    ]
