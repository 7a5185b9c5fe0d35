"""An operator's own recordings for the quiz, in DATA_DIR/quiz: NAME.ogg and NAME.json beside it.

Files alone, read anew for every game: a recording that is added counts in the bot that runs.
"""

import json
import logging
from pathlib import Path

from bot.services.quiz.clips import Clip
from bot.settings import Settings
from inference.verdict import Label

logger = logging.getLogger(__name__)


def folder_of(settings: Settings) -> Path:
    return settings.data_dir / "quiz"


def own(folder: Path) -> tuple[Clip, ...]:
    """The recordings that were added, by name; what can't be read is left out with a warning."""
    found = []
    for facts in sorted(folder.glob("*.json")):
        try:
            row = json.loads(facts.read_text(encoding="utf-8"))
            clip = Clip(**{**row, "truth": Label(row["truth"])}, folder=folder)
            if not (folder / clip.file).is_file():
                raise FileNotFoundError(clip.file)
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("%s is no clip of the quiz: %r", facts, error)
        else:
            found.append(clip)
    return tuple(found)


def remove(folder: Path, name: str) -> bool:
    """Erase a recording; whether there was one of that name."""
    found = [clip for clip in own(folder) if Path(clip.file).stem == name]
    for clip in found:
        (folder / f"{name}.json").unlink(missing_ok=True)  # first: without it there is no clip
        (folder / clip.file).unlink(missing_ok=True)
    return bool(found)
