"""A Bot API server in --local mode: its files are read from its disk, and from nowhere else."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.telegram.local_files import LocalFileUnreadable, locate
from bot.texts import LANGUAGES, texts_for
from tests.bot.chatting import chatting
from tests.fake_telegram import TOKEN, LocalServer

MEBIBYTE = 1024**2
SERVER = "/var/lib/telegram-bot-api"  # in another container
UNREADABLE = texts_for("en", "en").error("unreadable", 0)


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """The server's working directory, with a voice note of the bot's."""
    folder = tmp_path / "volume"
    (folder / TOKEN / "voice").mkdir(parents=True)
    (folder / TOKEN / "voice" / "file_0.oga").write_bytes(b"a voice note")
    return folder


def test_a_path_of_another_container_is_found_below_the_mounted_folder(volume: Path) -> None:
    told = f"{SERVER}/{TOKEN}/voice/file_0.oga"
    assert locate(told, TOKEN, volume).read_bytes() == b"a voice note"


def test_a_path_of_the_same_machine_is_read_as_it_is(volume: Path) -> None:
    told = f"{volume}/{TOKEN}/voice/file_0.oga"
    assert locate(told, TOKEN, None).read_bytes() == b"a voice note"


def test_the_volume_may_be_a_symbolic_link(volume: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(volume)
    assert locate(f"{SERVER}/{TOKEN}/voice/file_0.oga", TOKEN, tmp_path / "link").is_file()


@pytest.mark.parametrize("mounted", [True, False])
@pytest.mark.parametrize(
    "path",
    ["../../secret", "voice/../../../secret", "voice/link", "folder/secret", "../other/file"],
)
def test_nothing_outside_of_the_bots_own_folder_is_opened(
    volume: Path, path: str, mounted: bool
) -> None:
    (volume.parent / "secret").write_text("secret")
    (volume / "other").mkdir()
    (volume / "other" / "file").write_text("of another bot")
    (volume / TOKEN / "voice" / "link").symlink_to(volume.parent / "secret")
    (volume / TOKEN / "folder").symlink_to(volume.parent)
    told = f"{SERVER if mounted else volume}/{TOKEN}/{path}"
    with pytest.raises(LocalFileUnreadable, match="leads out of"):
        locate(told, TOKEN, volume if mounted else None)


@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", f"/{TOKEN}x/file"])
def test_a_path_without_the_bots_own_folder_is_not_opened(volume: Path, path: str) -> None:
    for folder in (volume, None):
        with pytest.raises(LocalFileUnreadable, match="no folder called like this bot's token"):
            locate(path, TOKEN, folder)


def test_a_folder_or_a_pipe_is_no_file(volume: Path) -> None:
    os.mkfifo(volume / TOKEN / "pipe")  # which would block whoever opens it
    for name in ("voice", "pipe"):
        with pytest.raises(LocalFileUnreadable, match="is no file"):
            locate(f"{SERVER}/{TOKEN}/{name}", TOKEN, volume)


def test_a_volume_that_is_not_mounted_is_named_with_what_to_mount() -> None:
    with pytest.raises(LocalFileUnreadable) as raised:
        locate(f"{SERVER}/{TOKEN}/voice/file_0.oga", TOKEN, None)
    words = str(raised.value)
    assert words.startswith(f"{SERVER}/{TOKEN}/voice/file_0.oga can't be read (No such file")
    assert f"mount the server's working directory {SERVER} (its --dir)" in words
    assert "TELEGRAM_API_DIR" in words


def test_another_volume_than_the_servers_is_named(tmp_path: Path) -> None:
    with pytest.raises(LocalFileUnreadable) as raised:
        locate(f"{SERVER}/{TOKEN}/voice/file_0.oga", TOKEN, tmp_path)
    assert f"TELEGRAM_API_DIR={tmp_path} must be the server's" in str(raised.value)
    assert f"{tmp_path}/{TOKEN}/voice/file_0.oga can't be read" in str(raised.value)


@contextmanager
def nobody() -> Iterator[None]:
    """As another user than the files' owner: root, who runs some tests, may read everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("closed", ["", "voice", "voice/file_0.oga"])
def test_a_file_of_another_user_is_named_with_its_owner(closed: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        volume = Path(folder)
        volume.chmod(0o755)
        (volume / TOKEN / "voice").mkdir(parents=True)
        (volume / TOKEN / "voice" / "file_0.oga").write_bytes(b"a voice note")
        barrier = volume / TOKEN / closed
        barrier.chmod(0)
        with nobody(), pytest.raises(LocalFileUnreadable) as raised:
            locate(f"{SERVER}/{TOKEN}/voice/file_0.oga", TOKEN, volume)
        user = f"{os.geteuid() or 65534}:{os.getgid()}"
        barrier.chmod(0o700)
    words = str(raised.value)
    assert "Permission denied" in words
    assert f"{barrier} belongs to {os.getuid()}:{os.getgid()}" in words
    assert f"the bot is {user}; run the bot as that user" in words


async def test_a_note_is_heard_from_the_disk_and_not_downloaded(tmp_path: Path) -> None:
    local = LocalServer(tmp_path, SERVER)
    async with chatting(local=local, telegram_api_dir=tmp_path) as chat:
        assert "photo" in await chat.note()
        assert chat.worker.asked == [b"a voice note"]
        assert chat.calls("download") == []


async def test_the_same_bytes_again_are_known_by_their_content(tmp_path: Path) -> None:
    async with chatting(local=LocalServer(tmp_path), telegram_api_dir=tmp_path) as chat:
        await chat.note()
        assert "checked 2 times" in (await chat.note())["caption"]
        assert len(chat.worker.asked) == 1


async def test_buttons_work_from_the_disk_too(tmp_path: Path) -> None:
    async with chatting(local=LocalServer(tmp_path), telegram_api_dir=tmp_path) as chat:
        answer = await chat.note()
        await chat.tap(answer, "zoom:")
        assert len(chat.worker.asked) == 2
        await chat.tap(answer, "report:")
        assert {call.status for call in chat.telegram.calls} == {200}


async def test_where_the_volume_is_missing_the_operator_is_named_and_the_log_says_what_to_mount(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with chatting(local=LocalServer(tmp_path, SERVER)) as chat:
        assert (await chat.note())["text"] == UNREADABLE
    [record] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert f"mount the server's working directory {SERVER}" in record.getMessage()


def test_nobody_is_asked_to_send_again_what_only_the_operator_can_mend() -> None:
    for language in LANGUAGES:
        texts = texts_for(language, language)
        assert texts.error("unreadable", 0) != texts.error("gone", 0)


async def test_files_beyond_20_mb_are_heard_up_to_the_limit_that_is_set(tmp_path: Path) -> None:
    local = LocalServer(tmp_path)
    async with chatting(local=local, telegram_api_dir=tmp_path, max_megabytes=25) as chat:
        audio = {"duration": 9}
        chat.telegram.sends_file(chat.maria, "audio", b"x", audio, size=25 * MEBIBYTE)
        chat.telegram.sends_file(chat.maria, "audio", b"y", audio, size=25 * MEBIBYTE + 1)
        await chat.answered()
        heard, refused = chat.said
    assert "photo" in heard
    assert "25 MB" in refused["text"]
    assert [len(data) for data in chat.worker.asked] == [25 * MEBIBYTE]


async def test_a_file_that_hides_its_size_is_measured_on_the_disk(tmp_path: Path) -> None:
    local = LocalServer(tmp_path)
    async with chatting(local=local, telegram_api_dir=tmp_path, max_megabytes=1) as chat:
        file = chat.telegram.chats.keep("audio", b"", size=MEBIBYTE + 1)
        details = file.as_json | {"duration": 9}
        del details["file_size"]
        sent = chat.telegram.chats.add(chat.maria, chat.maria.as_user, audio=details)
        chat.telegram.updates.add("message", sent)
        await chat.answered()
    assert "1 MB" in chat.said[-1]["text"]
    assert chat.worker.asked == []


async def test_a_server_without_local_mode_is_named_where_the_settings_say_otherwise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with chatting(telegram_api_dir=tmp_path) as chat:
        audio = {"duration": 9}
        chat.telegram.sends_file(chat.maria, "audio", b"x", audio, size=30 * MEBIBYTE)
        await chat.answered()
        assert chat.said[-1]["text"] == UNREADABLE
        assert "photo" in await chat.note()  # what it does send is heard
    assert "start it with --local" in caplog.text


async def test_that_the_server_keeps_a_copy_is_told(tmp_path: Path) -> None:
    kept = texts_for("en", "en").say("chat", "privacy_local")
    for folder in (tmp_path, None):
        async with chatting(telegram_api_dir=folder) as chat:
            chat.telegram.sends_text(chat.maria, "/privacy")
            await chat.answered()
            assert (kept in chat.said[-1]["text"]) == bool(folder)
