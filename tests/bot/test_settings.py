"""The environment and `.env` become settings, or a sentence that says what to mend."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import SettingError, Settings, read

NOWHERE = Path("/nonexistent/.env")
EXAMPLE = Path(__file__).parents[2] / ".env.example"
MANUAL = Path(__file__).parents[2] / "docs" / "operate.md"


def test_an_empty_environment_serves_the_page_on_this_machine_only() -> None:
    settings = read({}, NOWHERE)
    assert settings == Settings()
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8080, "pt-BR")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("# mine\nexport PORT=9000\nHOST='0.0.0.0'\n\nLOG_LEVEL = debug\n")
    settings = read({"PORT": "9001", "HOME": "/root"}, dotenv)
    assert (settings.port, settings.host, settings.log_level) == (9001, "0.0.0.0", "DEBUG")


def test_an_empty_value_is_the_default() -> None:
    assert read({"PORT": "", "WEBHOOK_URL": " "}, NOWHERE) == Settings()


@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ({"TELEGRAM_BOT_TOKEN": "hello"}, "@BotFather"),
        ({"TELEGRAM_API_URL": "telegram.org"}, "TELEGRAM_API_URL must look like https://"),
        ({"PORT": "eighty"}, "from 0 to 65535"),
        ({"PORT": "70000"}, "from 0 to 65535"),
        ({"WORKERS": "0"}, "WORKERS must be a whole number from 1"),
        ({"QUEUE": "-1"}, "QUEUE"),
        ({"MAX_SECONDS": "1e9"}, "MAX_SECONDS"),
        ({"MODEL": "/no/such/model.onnx"}, "path of a model file"),
        ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR must be a folder"),
        ({"DATA_DIR": "/proc"}, "DATA_DIR must be a folder"),  # there, but not ours
        ({"LANGUAGE": "de"}, "pt-BR, en, es"),
        ({"LOG_LEVEL": "loud"}, "DEBUG, INFO"),
        ({"WEBHOOK_URL": "https://a.b/c", "TELEGRAM_BOT_TOKEN": "1:a"}, "needs WEBHOOK_SECRET"),
        ({"WEBHOOK_URL": "https://a.b/c", "WEBHOOK_SECRET": "s"}, "needs TELEGRAM_BOT_TOKEN"),
        ({"WEBHOOK_SECRET": "spaces are wrong"}, "A-Z, a-z"),
        (
            {
                "WEBHOOK_URL": "http://a.b/c",
                "WEBHOOK_SECRET": "s",
                "TELEGRAM_BOT_TOKEN": "1:a",
            },
            "must begin with https://",
        ),
    ],
)
def test_a_wrong_setting_is_refused_with_the_way_to_mend_it(
    environment: dict[str, str], hint: str
) -> None:
    with pytest.raises(SettingError, match=re.escape(hint)):
        read(environment, NOWHERE)


def test_a_line_of_the_file_that_sets_nothing_is_refused_by_its_number(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("PORT=1\nwhat is this\n")
    with pytest.raises(SettingError, match="Line 2 of"):
        read({}, dotenv)


def test_the_language_list_of_a_desktop_is_no_mistake() -> None:
    languages = {"de_DE:de": "pt-BR", "en_US:en": "en", "de:es": "es", "pt_PT": "pt-BR"}
    assert {text: read({"LANGUAGE": text}, NOWHERE).language for text in languages} == languages


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings(telegram_bot_token="123:secret", webhook_secret="hidden")
    assert "secret" not in repr(settings).replace("webhook_secret", "")
    assert "hidden" not in repr(settings)


def test_the_example_lists_exactly_the_settings() -> None:
    names = re.findall(r"^([A-Z_]+)=$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(field.name.upper() for field in fields(Settings))


def test_the_manual_lists_exactly_the_settings() -> None:
    names = re.findall(r"^\| `([A-Z_]+)` \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(field.name.upper() for field in fields(Settings))


def test_the_example_is_a_valid_file_of_defaults() -> None:
    assert read({}, EXAMPLE) == Settings()
