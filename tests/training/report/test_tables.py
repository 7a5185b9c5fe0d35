"""Tables whose cells were counted by hand."""

from dataset.markdown import between, points, table
from tests.training.answers import answer
from training.evaluation.figures import figures
from training.report.tables import changes, everything, rows, slices

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


def test_a_condition_says_whom_it_turns_into_what() -> None:
    people = [answer("human", 0.1, file=f"h{i}") for i in range(4)]
    machines = [answer("synthetic", 0.9, file=f"s{i}") for i in range(4)]
    turned = [answer("human", 0.9, file="h0"), *people[1:3], answer("synthetic", 0.1, file="s1")]
    made = changes("", {"plain": [*people, *machines], "room": turned}, "plain")
    line = next(line for line in made.splitlines() if line.startswith("|room|"))
    assert "|+33.3|+100.0|" in line  # of the three people and the one machine that came through
    assert "|plain|4|4|1 / 1|0.0 %||||0.0 %|" in made


def test_a_name_can_not_break_the_table() -> None:
    assert table(["a"], [["b|c"]]) == "|a|\n|---|\n|b\\|c|"


def test_differences_have_a_sign_and_intervals_two_ends() -> None:
    assert points(0.0251) == "+2.5"
    assert points(-0.1) == "-10.0"
    assert between(0.1, 0.25) == "10.0 % to 25.0 %"
