"""The presets are the study's tables, number for number."""

from training.study.presets import FINAL, FIRST, PRESETS


def test_both_tables_have_the_studys_numbers() -> None:
    for table in FIRST, FINAL:
        assert (table.epochs, table.patience, table.learning_rate) == (100, 15, 0.01)
    assert (FIRST.picture, FIRST.batch) == ("grey", 32)
    assert (FINAL.picture, FINAL.batch) == ("colour", 128)


def test_only_the_first_training_has_a_class_of_other_sounds() -> None:
    with_other = {name for name, preset in PRESETS.items() if "other" in preset.classes}
    assert with_other == {"first", "first-apart"}


def test_a_split_apart_differs_from_its_twin_in_nothing_else() -> None:
    for name in "first", "final":
        leaky, honest = PRESETS[name], PRESETS[f"{name}-apart"]
        assert (leaky.apart, honest.apart) == (False, True)
        assert leaky.training == honest.training
        assert (leaky.classes, leaky.copies) == (honest.classes, honest.copies)
