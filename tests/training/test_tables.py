"""Tables whose cells were counted by hand."""

from tests.training.answers import answer
from training.evaluation import figures
from training.tables import between, changes, everything, points, rows, slices, table

ONE = [answer("human", 0.1)]
BOTH = [answer("human", 0.1), answer("synthetic", 0.9)]


def test_a_table_has_a_cell_for_each_column() -> None:
    made = (
        rows("what", {"all": figures(ONE)}),
        slices("what", {"all": ONE}),
        everything("what", {"all": ONE}),
        changes("what", {"before": ONE, "after": BOTH}, "before"),
    )
    for some in made:
        lines = some.splitlines()
        assert len({line.count("|") for line in lines}) == 1
        assert "–" in lines[2]
        assert "nan" not in some
    assert table(["a"], [["b"]]) == "|a|\n|---|\n|b|"


def test_a_name_can_not_break_the_table() -> None:
    assert table(["a"], [["b|c"]]) == "|a|\n|---|\n|b\\|c|"


def test_differences_have_a_sign_and_intervals_two_ends() -> None:
    assert points(0.0251) == "+2.5"
    assert points(-0.1) == "-10.0"
    assert between(0.1, 0.25) == "10.0 % to 25.0 %"
