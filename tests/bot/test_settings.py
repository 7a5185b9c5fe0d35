"""The environment and `.env` become settings, or a sentence that says what to mend."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot import settings
from bot.settings import SettingError, Settings, name_of, read

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


def test_origins_are_a_list() -> None:
    settings = read({"API_ORIGINS": "https://A.example , http://localhost:3000"}, NOWHERE)
    assert settings.api_origins == {"https://a.example", "http://localhost:3000"}


def test_an_empty_value_is_the_default() -> None:
    assert read({"PORT": "", "WEBHOOK_URL": " "}, NOWHERE) == Settings()


@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ({"TELEGRAM_BOT_TOKEN": "hello"}, "@BotFather"),
        ({"TELEGRAM_API_URL": "telegram.org"}, "TELEGRAM_API_URL must look like https://"),
        ({"OUVIDO_PORT": "eighty"}, "OUVIDO_PORT must be a whole number from 0 to 65535"),
        ({"PORT": "70000"}, "from 0 to 65535"),
        ({"CONTACT": "x" * 201}, "CONTACT must be one line of at most 200 characters."),
        ({"WORKERS": "0"}, "WORKERS must be a whole number from 1"),
        ({"QUEUE": "-1"}, "QUEUE"),
        ({"MAX_SECONDS": "1e9"}, "MAX_SECONDS"),
        ({"MODEL": "/no/such/model.onnx"}, "path of a model file"),
        ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR must be a folder"),
        ({"DATA_DIR": "/proc"}, "DATA_DIR must be a folder"),  # there, but not ours
        ({"LOG_LEVEL": "loud"}, "DEBUG, INFO"),
        ({"LOG_FORMAT": "xml"}, "text, json"),
        ({"METRICS": "yes"}, "METRICS must be on or off"),
        ({"OPERATORS": "@maria"}, "OPERATORS must be Telegram ids"),
        ({"ACCESS": "none"}, "open, allowed"),
        ({"API_ACCESS": "allowed"}, "open, keys"),
        ({"API_ORIGINS": "*"}, "API_ORIGINS must be origins with commas"),
        ({"API_ORIGINS": "https://a.example/path"}, "API_ORIGINS must be origins"),
        ({"FILES_PER_MINUTE": "-1"}, "FILES_PER_MINUTE must be a whole number from 0"),
        ({"PROXIES": "yes"}, "PROXIES must be a whole number from 0 to 10"),
        ({"NOTES_PER_HOUR": "many"}, "NOTES_PER_HOUR must be a whole number from 0"),
        ({"WEBHOOK_URL": "https://a.b/c", "TELEGRAM_BOT_TOKEN": "1:a"}, "needs WEBHOOK_SECRET"),
        ({"WEBHOOK_URL": "https://a.b/c", "WEBHOOK_SECRET": "s"}, "needs TELEGRAM_BOT_TOKEN"),
        ({"PAGE_URL": "http://a.b"}, "PAGE_URL must begin with https://"),
        ({"PAGE_URL": "a.b"}, "PAGE_URL must look like"),
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


def test_a_comment_may_stand_behind_a_value(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "WEBHOOK_SECRET=s-3    # a long word\nPORT='9000' # mine\nHOST= # any\n"
        "TELEGRAM_API_URL=https://a.b/c#d\n"
    )
    with pytest.raises(SettingError, match=r"TELEGRAM_API_URL must look like .*#d"):
        read({}, dotenv)
    settings = read({"TELEGRAM_API_URL": ""}, dotenv)
    assert (settings.webhook_secret, settings.port, settings.host) == ("s-3", 9000, "127.0.0.1")


@pytest.mark.parametrize("content", [b"# caf\xe9\n", None])
def test_a_file_that_cannot_be_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(content or b"")
    if content is None:  # taking the right away does not stop root

        def forbidden(*_: object, **__: object) -> str:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_text", forbidden)
    with pytest.raises(SettingError, match="must be a text file"):
        read({}, dotenv)


def test_a_slip_in_a_name_is_warned_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("TELEGRAM_BOT_TOKN=1:a\nport=1\nCOMPOSE_PROJECT_NAME=x\n")
    assert read({}, dotenv) == Settings()
    assert sorted(record.getMessage() for record in caplog.records) == [
        "There is no setting TELEGRAM_BOT_TOKN; is TELEGRAM_BOT_TOKEN meant?",
        "There is no setting port; is PORT meant?",
    ]


def test_operators_are_a_list_with_commas() -> None:
    assert read({"OPERATORS": "12, 345,12"}, NOWHERE).operators == {12, 345}


def test_postgresql_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    address = {"DATABASE_URL": "postgres://a:b@c/d"}
    monkeypatch.setattr(settings, "find_spec", lambda name: object())
    assert read(address, NOWHERE).database == "postgresql://a:b@c/d"
    monkeypatch.setattr(settings, "find_spec", lambda name: None)
    with pytest.raises(SettingError, match="pip install asyncpg"):
        read(address, NOWHERE)


def test_the_language_of_a_desktop_is_no_mistake() -> None:
    languages = {"de_DE:de": "pt-BR", "en_US:en": "en", "de:es": "es", "pt_PT": "pt-BR"}
    languages |= {"de": "pt-BR", "C": "pt-BR", "es_MX.UTF-8": "es"}
    assert {text: read({"LANGUAGE": text}, NOWHERE).language for text in languages} == languages


def test_a_wrong_language_in_the_file_is_refused(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("LANGUAGE=de\n")
    with pytest.raises(SettingError, match="pt-BR, en, es"):
        read({"LANGUAGE": "fr_FR:fr"}, dotenv)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "es_ES", "LC_ALL": ""}, "es"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "pt_PT@euro"}, "pt-BR"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "es"}, "es"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ca_ES.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "pt-BR"),
        ({"LANG": "C.UTF-8"}, "pt-BR"),
        ({}, "pt-BR"),
    ],
)
def test_the_terminal_speaks_its_own_language_unless_one_is_set(
    tmp_path: Path, environment: dict[str, str], language: str
) -> None:
    assert read(environment, NOWHERE, at_terminal=True).language == language
    dotenv = tmp_path / ".env"
    dotenv.write_text("LANGUAGE=es\n")
    ours = environment.get("LANGUAGE", "es")
    assert read(environment, dotenv, at_terminal=True).language == ours
    without = {name: text for name, text in environment.items() if name != "LANGUAGE"}
    assert read(without, NOWHERE).language == "pt-BR"


def test_a_folder_of_the_file_lies_beside_it_and_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (file := tmp_path / ".env").write_text("DATA_DIR=mine\n")
    monkeypatch.chdir(elsewhere)
    settings = read({}, file)
    assert settings.data_dir == tmp_path / "mine"
    assert settings.data_dir.stat().st_mode & 0o777 == 0o700
    assert list(elsewhere.iterdir()) == []


def test_a_clone_keeps_its_data_and_a_package_has_the_users_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert EXAMPLE.parent == settings.HOME
    assert Settings().data_dir == EXAMPLE.parent / "data"
    monkeypatch.setattr(settings, "__file__", str(tmp_path / "site-packages/bot/settings.py"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert settings._home() == tmp_path / "ouvido"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings._home() == tmp_path / ".local" / "share" / "ouvido"


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings(telegram_bot_token="123:secret", webhook_secret="hidden")
    assert "secret" not in repr(settings).replace("webhook_secret", "")
    assert "hidden" not in repr(settings)


def test_the_example_lists_exactly_the_settings() -> None:
    names = re.findall(r"^([A-Z_]+)=$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(map(name_of, fields(Settings)))


def test_the_manual_lists_exactly_the_settings() -> None:
    names = re.findall(r"^\| `([A-Z_]+)` \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(map(name_of, fields(Settings)))


def test_the_example_is_a_valid_file_of_defaults() -> None:
    assert read({}, EXAMPLE) == Settings()


def test_the_old_names_still_work_and_the_log_names_the_new_ones(
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = read({"MAX_SECONDS": "90", "NOTES_PER_HOUR": "7"}, NOWHERE)
    assert (settings.max_minutes, settings.max_seconds) == (1.5, 90.0)
    assert settings.minutes_per_hour == 7
    assert "MAX_SECONDS is called MAX_MINUTES now" in caplog.text
    assert "NOTES_PER_HOUR is called MINUTES_PER_HOUR now" in caplog.text
    assert read({"MAX_SECONDS": "90", "MAX_MINUTES": "20"}, NOWHERE).max_minutes == 20.0


def test_a_terminal_hears_everything_unless_it_is_told_otherwise() -> None:
    assert read({}, NOWHERE).max_seconds == 1800.0
    assert read({}, NOWHERE, at_terminal=True).max_seconds == float("inf")
    assert read({"MAX_MINUTES": "2"}, NOWHERE, at_terminal=True).max_seconds == 120.0


def test_the_old_names_of_host_and_port_are_read_where_they_are_addresses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for host in ("0.0.0.0", "::1", "localhost"):
        settings = read({"HOST": host, "PORT": "9000"}, NOWHERE)
        assert (settings.host, settings.port) == (host, 9000)
    assert "HOST is called OUVIDO_HOST now" in caplog.text
    assert "PORT is called OUVIDO_PORT now" in caplog.text
    settings = read({"HOST": "::1", "OUVIDO_HOST": "127.0.0.2", "OUVIDO_PORT": "9"}, NOWHERE)
    assert (settings.host, settings.port) == ("127.0.0.2", 9)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"HOST": "x86_64-conda-linux-gnu"}, "HOST=x86_64-conda-linux-gnu"),
        ({"HOST": "annas-laptop"}, "HOST=annas-laptop in the environment is not an address"),
        ({"PORT": "tcp://10.0.0.1:80"}, "PORT=tcp://10.0.0.1:80"),
        ({"OUVIDO_PORT": "tcp://10.0.0.1:80"}, "OUVIDO_PORT=tcp://10.0.0.1:80"),
    ],
)
def test_what_other_programs_set_is_passed_over_and_said(
    environment: dict[str, str], words: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert read(environment, NOWHERE) == Settings()
    assert words in caplog.text
    caplog.clear()
    dotenv = tmp_path / ".env"
    dotenv.write_text("OUVIDO_HOST=127.0.0.9\nOUVIDO_PORT=9\n")
    settings = read(environment, dotenv)
    assert (settings.host, settings.port) == ("127.0.0.9", 9)


def test_who_has_set_our_own_name_is_not_told_of_condas(caplog: pytest.LogCaptureFixture) -> None:
    read({"HOST": "x86_64-conda-linux-gnu", "OUVIDO_HOST": "::1"}, NOWHERE)
    assert caplog.text == ""


def test_in_the_file_the_old_names_are_ours_and_refused_where_wrong(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("PORT=http\n")
    with pytest.raises(SettingError, match=r"^PORT must be a whole number"):
        read({}, dotenv)


def test_a_shells_host_does_not_hide_that_of_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("HOST=0.0.0.0\n")
    assert read({"HOST": "x86_64-conda-linux-gnu"}, dotenv).host == "0.0.0.0"
