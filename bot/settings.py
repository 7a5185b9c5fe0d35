"""The environment and `.env`, read once into frozen `Settings`; a wrong one is refused with a
sentence that says how to mend it. Nothing else reads the environment."""

import logging
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path

from bot import dotenv
from bot.listening import ours
from bot.setting_values import SettingError, address, folder, one_of, switch, whole
from bot.texts import LANGUAGES, known_language, nearest_language

__all__ = ("HOME", "SettingError", "Settings", "name_of", "read")

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")
ACCESS = ("open", "allowed")
API_ACCESS = ("open", "keys")

# Of a setting's text, in ASCII: what all of it must match, and the sentence after "NAME must".
PATTERNS = {
    "TELEGRAM_BOT_TOKEN": (r"\d+:[\w-]+", "look like 123456789:AAF…, as @BotFather gives it."),
    "WEBHOOK_SECRET": (r"[\w-]{1,256}", "be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -."),
    "DATABASE_URL": (
        r"(sqlite|postgres(ql)?)://[\s\S]*",
        "look like postgresql://user:password@host/name.",
    ),
    "CONTACT": (r".{1,200}", "be one line of at most 200 characters."),
    "API_ORIGINS": (
        r"https?://[\w.:\[\]-]+(\s*,\s*https?://[\w.:\[\]-]+)*",
        "be origins with commas: https://example.org,http://localhost:3000.",
    ),
    "OPERATORS": (r"\d{1,15}(\s*,\s*\d{1,15})*", "be Telegram ids with commas: 123456789,987654."),
}
RANGES = {  # the least and the most
    **dict.fromkeys(("OUVIDO_PORT", "PORT"), (0, 65535)),
    "WORKERS": (1, 64),
    "QUEUE": (1, 1000),
    "MAX_MEGABYTES": (1, 2000),  # a Bot API server of one's own fetches no more
    "MAX_MINUTES": (1, 120),  # each takes 2 MB of memory
    "MAX_SECONDS": (5, 7200),
    "DONATIONS_MB": (0, 999_999),
    **dict.fromkeys(("MINUTES_PER_HOUR", "MINUTES_PER_HOUR_CHAT"), (0, 10_000)),
    **dict.fromkeys(("NOTES_PER_HOUR", "NOTES_PER_HOUR_CHAT"), (0, 10_000)),
    **dict.fromkeys(("FILES_PER_MINUTE", "FILES_PER_MINUTE_KEY"), (0, 10_000)),
    **dict.fromkeys(("FILES_PER_DAY", "FILES_PER_DAY_KEY"), (0, 999_999)),
    "PROXIES": (0, 10),
}
AT_TERMINAL = {"LANGUAGE", "LOG_LEVEL", "MAX_MINUTES", "MAX_SECONDS", "MODEL"}  # for `check`
IN_FILES = {"DATA_DIR", "MODEL"}  # paths; in `.env` they count from its folder
RENAMED = {  # until 0.6.0, the last two until 0.7.0; the old names still work
    "MAX_SECONDS": "MAX_MINUTES", "NOTES_PER_HOUR": "MINUTES_PER_HOUR",
    "NOTES_PER_HOUR_CHAT": "MINUTES_PER_HOUR_CHAT", "HOST": "OUVIDO_HOST", "PORT": "OUVIDO_PORT",
}  # fmt: skip

logger = logging.getLogger(__name__)


def _home() -> Path:
    """Where `.env` and `data` are: this clone or, installed as a package, the user's folder."""
    clone = Path(__file__).parents[1]
    if (clone / "pyproject.toml").is_file():
        return clone
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "ouvido"


HOME = _home()


@dataclass(frozen=True)
class Settings:
    """What the operator chose; `name_of` tells what a field is called in the environment."""

    telegram_bot_token: str = field(default="", repr=False)  # empty: only the local page is served
    telegram_api_url: str = "https://api.telegram.org"
    telegram_api_dir: Path | None = None  # where the --dir of a --local Bot API server is mounted
    webhook_url: str = ""  # empty: long polling
    webhook_secret: str = field(default="", repr=False)
    page_url: str = ""  # where everybody reaches the page, https; empty: no button opens it
    host: str = field(default="127.0.0.1", metadata={"name": "OUVIDO_HOST"})
    port: int = field(default=8080, metadata={"name": "OUVIDO_PORT"})  # 0: any free one
    data_dir: Path = HOME / "data"  # what the bot remembers
    database_url: str = field(default="", repr=False)  # empty: a file in DATA_DIR
    language: str = "pt-BR"  # where nothing tells which one somebody reads
    model: Path | None = None  # None: the one shipped
    workers: int = 1  # processes that judge
    queue: int = 20  # notes in work and waiting; the next one is answered "busy"
    max_megabytes: int = 200  # MiB of a file, on the page and with TELEGRAM_API_DIR
    max_minutes: float = 30.0  # of a recording that are judged; in the terminal: all
    donations_mb: int = 0  # MiB of recordings given for training that are kept; 0: none are taken
    ephemeral: bool = False  # groups with private replies: whether it has whispers (Bot API 10.2)
    log_level: str = "INFO"
    log_format: str = "text"
    metrics: bool = False  # whether the page's server shows its numbers to Prometheus
    contact: str = ""  # of whoever runs it, as people read it: a name, an address or a link
    operators: frozenset[int] = frozenset()  # Telegram's ids of the bot's administrators
    access: str = "open"  # or "allowed": only for whom an operator let in
    # Each started minute of a recording that was answered counts as one; 0: any number.
    minutes_per_hour: int = 0  # for a person
    minutes_per_hour_chat: int = 0  # for a group
    api_access: str = "open"  # or "keys": only for programs with a key of `ouvido keys`
    api_origins: frozenset[str] = frozenset()  # of other sites whose scripts may ask the API
    # Files that an address gets answers to, on the page and by the API; 0: any number.
    files_per_minute: int = 0
    files_per_day: int = 0
    files_per_minute_key: int = 0  # the same for a program with a key, wherever it asks from
    files_per_day_key: int = 0
    proxies: int = 0  # in front of the page, each of which names the sender in X-Forwarded-For

    @property
    def max_seconds(self) -> float:
        return 60.0 * self.max_minutes

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not get into the log."""
        return (self.telegram_bot_token, self.webhook_secret, self.database_url)

    @property
    def database(self) -> str:
        """The address of the store."""
        return self.database_url or f"sqlite:///{self.data_dir / 'ouvido.db'}"


def name_of(setting: Field[object]) -> str:
    """What a field of `Settings` is called in the environment and in `.env`."""
    return str(setting.metadata.get("name", setting.name.upper()))


def read(environment: Mapping[str, str], file: Path, at_terminal: bool = False) -> Settings:
    """Settings from the environment and, where that says nothing, from the `.env` file.

    `at_terminal` only what judges files is read, and the language of the terminal counts where no
    LANGUAGE is set.
    """
    known = {name_of(setting): setting.name for setting in fields(Settings)}
    try:
        written = dotenv.read(file)
    except ValueError as error:
        raise SettingError(str(error)) from error
    for name in IN_FILES & written.keys():
        if written[name].strip():  # whatever folder the command is called in
            written[name] = str(file.parent / written[name].strip())
    _warn_of_slips(written.keys() - known.keys() - RENAMED.keys(), {*known, *RENAMED})
    texts = {
        **written,
        **ours(environment),
        "LANGUAGE": _language(environment, written, at_terminal),
    }
    used = (AT_TERMINAL if at_terminal else known.keys() | RENAMED.keys()) & texts.keys()
    said = {name: texts[name].strip() for name in used if texts[name].strip()}
    values = {name: _value(name, text) for name, text in said.items()}
    for old in RENAMED.keys() & values.keys():
        logger.warning("%s is called %s now: see docs/operate.md", old, RENAMED[old])
        values.setdefault(RENAMED[old], values.pop(old))
    if at_terminal:
        values.setdefault("MAX_MINUTES", float("inf"))
    settings = Settings(**{known[name]: value for name, value in values.items()})  # type: ignore[arg-type]
    _check_webhook(settings)
    return settings


def _language(environment: Mapping[str, str], written: Mapping[str, str], at_terminal: bool) -> str:
    """The environment's LANGUAGE may be gettext's, such as `de_DE:de`, and is then no mistake."""
    if language := known_language(*environment.get("LANGUAGE", "").split(":")):
        return language
    if not at_terminal or written.get("LANGUAGE"):
        return written.get("LANGUAGE", "")
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    named = next(filter(None, locales), "")
    return "" if named.partition(".")[0] in ("C", "POSIX") else nearest_language(named) or ""


def _warn_of_slips(unknown: Iterable[str], known: Iterable[str]) -> None:
    """Other names may be there for other programs, such as Docker Compose."""
    for name in unknown:
        if meant := get_close_matches(name.upper(), known, n=1, cutoff=0.8):
            logger.warning("There is no setting %s; is %s meant?", name, meant[0])


def _value(name: str, text: str) -> object:
    """The value of a setting as `Settings` holds it; raises SettingError."""
    if name in PATTERNS:
        pattern, sentence = PATTERNS[name]
        if not re.fullmatch(pattern, text, re.ASCII):
            raise SettingError(f"{name} must {sentence}")
    match name:
        case "TELEGRAM_API_URL" | "WEBHOOK_URL" | "PAGE_URL":
            return address(name, text, secure=name == "PAGE_URL")
        case "DATABASE_URL":
            return _database(text)
        case "MAX_MINUTES" | "MAX_SECONDS":
            return whole(name, text, *RANGES[name]) / (60 if name == "MAX_SECONDS" else 1)
        case "MODEL":
            if not Path(text).is_file():
                raise SettingError(f"MODEL must be the path of a model file; {text} is none.")
            return Path(text)
        case "TELEGRAM_API_DIR":
            if not Path(text).is_absolute() or not os.path.isdir(text):  # noqa: PTH112 - never raises
                raise SettingError(f"{name} must be a folder, from / on; {text} is none.")
            return Path(text)
        case "DATA_DIR":
            return folder(name, text)
        case "LANGUAGE":
            if (language := known_language(*text.split(":"))) is None:
                raise SettingError(f"LANGUAGE must be one of {', '.join(LANGUAGES)}, not {text}.")
            return language
        case "LOG_LEVEL":
            return one_of(name, text.upper(), LOG_LEVELS)
        case "LOG_FORMAT":
            return one_of(name, text.lower(), LOG_FORMATS)
        case "ACCESS" | "API_ACCESS":
            return one_of(name, text.lower(), ACCESS if name == "ACCESS" else API_ACCESS)
        case "API_ORIGINS":
            return frozenset(origin.strip().lower() for origin in text.split(","))
        case "METRICS" | "EPHEMERAL":
            return switch(name, text)
        case "OPERATORS":
            return frozenset(map(int, text.split(",")))
    return whole(name, text, *RANGES[name]) if name in RANGES else text


def _database(text: str) -> str:
    """The address with SQLAlchemy's name of PostgreSQL; raises SettingError without its driver."""
    if text.startswith("postgres") and find_spec("asyncpg") is None:
        raise SettingError("DATABASE_URL needs asyncpg: pip install asyncpg")
    return re.sub(r"^postgres://", "postgresql://", text)


def _check_webhook(settings: Settings) -> None:
    if not settings.webhook_url:
        return
    if not settings.webhook_secret:
        raise SettingError(
            "WEBHOOK_URL needs WEBHOOK_SECRET beside it: any long random word, "
            "for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    if not settings.telegram_bot_token:
        raise SettingError("WEBHOOK_URL needs TELEGRAM_BOT_TOKEN beside it; @BotFather gives one.")
    own_server = settings.telegram_api_url != Settings.telegram_api_url
    if settings.webhook_url.startswith("http://") and not own_server:
        raise SettingError("WEBHOOK_URL must begin with https://, or Telegram refuses it.")
