"""Finished runs that nobody trained."""

from training.study.results import Answer, Run

PICTURES, BATCH, EPOCHS = 40, 16, 5


def run(seed: int, right: int, wrong: int, channel: str = "", language: str = "pt-BR") -> Run:
    """So many right and wrong answers; a history that is best in its second of three epochs."""
    answers = [
        Answer(label, language, channel, {"human": human, "synthetic": 1.0 - human})
        for count, correct in ((right, 0.9), (wrong, 0.2))
        for label, human in (("human", correct), ("synthetic", 1.0 - correct))
        for _ in range(count)
    ]
    history = [
        {"accuracy": 0.5, "loss": 1.0, "val_accuracy": accuracy, "val_loss": loss}
        for accuracy, loss in ((0.96, 0.7), (0.8, 0.5), (0.9, 0.6))
    ]
    facts = {
        "sides": {"train": {"human": PICTURES // 2, "synthetic": PICTURES // 2}},
        "made_of": {"training": {"batch": BATCH, "epochs": EPOCHS, "picture": "grey"}},
    }
    return Run(seed, facts, history, answers)
