"""The model files that come with the program, known without loading what runs them."""

import tomllib
from pathlib import Path
from typing import Any

PRIOR = 0.5  # P(synthetic) before anything is heard, for which training calibrates all models
MODELS = Path(__file__).parent / "models.toml"


def default_model() -> Path:
    """The newest model that `models.toml` lists."""
    return MODELS.parent / str(_listed()[-1]["file"])


def date_of(sha256: str) -> str | None:
    """The day, as 2026-11-30, since which a model file is listed; None of one that is not."""
    return next((model.get("date") for model in _listed() if model["sha256"] == sha256), None)


def _listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(MODELS.read_text(encoding="utf-8"))["model"]
    return found
