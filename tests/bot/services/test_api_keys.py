"""Keys are looked up in the bot's database, or in one that is opened when the first key comes."""

from pathlib import Path

from bot.db import Store, api_keys
from bot.services.api_keys import Keys
from bot.settings import Settings


async def _add(settings: Settings, name: str) -> str:
    store = Store(settings.database)
    await store.open()
    key = await api_keys.add(store, name, None)
    await store.close()
    return key


async def test_without_a_database_no_key_is_known_and_none_is_made(tmp_path: Path) -> None:
    keys = Keys(Settings(data_dir=tmp_path / "none"))
    assert await keys.find("ouvido_x") is None
    await keys.close()
    assert not (tmp_path / "none").exists()


async def test_a_key_that_is_made_or_removed_meanwhile_holds_at_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    keys = Keys(settings)
    assert await keys.find("ouvido_x") is None
    first, second = await _add(settings, "first"), await _add(settings, "second")
    found = [await keys.find(key) for key in (first, second)]
    assert len({key.sha256 for key in found if key and not key.expired}) == 2
    store = Store(settings.database)
    await api_keys.remove(store, "first")
    await store.close()
    assert await keys.find(first) is None
    assert await keys.find(second)
    await keys.close()


async def test_the_bot_s_own_store_is_used_and_left_open(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "elsewhere")
    store = Store(f"sqlite:///{tmp_path / 'bot.db'}")
    await store.open()
    keys = Keys(settings)
    keys.store = store
    assert await keys.find(await api_keys.add(store, "press", None))
    await keys.close()
    assert await api_keys.listed(store)
    await store.close()
