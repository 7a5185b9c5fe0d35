"""The model files that come with the program, known without loading what runs them."""

import tomllib
from pathlib import Path

MODELS = Path(__file__).parent / "models.toml"


def default_model() -> Path:
    """The newest model that `models.toml` lists."""
    models = tomllib.loads(MODELS.read_text())["model"]
    return MODELS.parent / str(models[-1]["file"])
