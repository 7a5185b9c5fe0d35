"""Keys of programs: shown once, kept as a hash, found until they expire or are removed."""

import hashlib
import time

import pytest
from sqlalchemy import select

from bot.db import Store, api_keys
from bot.db.tables import ApiKey
from bot.web.api.access import KEY


async def _rows(store: Store) -> list[ApiKey]:
    async with store.session() as session:
        return list(await session.scalars(select(ApiKey)))


async def test_of_a_key_only_the_hash_is_kept(store: Store) -> None:
    key = await api_keys.add(store, "press", None)
    assert KEY.fullmatch(key)
    [row] = await _rows(store)
    assert row.sha256 == hashlib.sha256(key.encode()).hexdigest()
    assert key not in str(vars(row))
    assert await api_keys.add(store, "other", None) != key


async def test_a_key_is_found_and_its_last_use_noted_now_and_then(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await api_keys.add(store, "press", None)
    now = time.time()
    uses = []
    for after in (0, 59, 60):
        monkeypatch.setattr(time, "time", lambda after=after: now + after)
        found = await api_keys.use(store, key)
        assert found
        assert found.name == "press"
        uses.append((await _rows(store))[0].last_used_at)
    assert uses == [int(now), int(now), int(now + 60)]
    assert await api_keys.use(store, f"{key}x") is None


async def test_a_key_that_has_expired_is_known_but_not_used(store: Store) -> None:
    key = await api_keys.add(store, "old", int(time.time()) - 1)
    found = await api_keys.use(store, key)
    assert found
    assert api_keys.is_expired(found)
    assert found.last_used_at is None


async def test_a_name_is_given_once_and_again_when_it_was_removed(store: Store) -> None:
    key = await api_keys.add(store, "press", None)
    with pytest.raises(api_keys.NameTaken):
        await api_keys.add(store, "press", None)
    assert await api_keys.use(store, key)
    await api_keys.add(store, "lab", None)
    assert [row.name for row in await api_keys.listed(store)] == ["lab", "press"]
    assert await api_keys.remove(store, "press")
    assert not await api_keys.remove(store, "press")
    assert await api_keys.use(store, key) is None
    await api_keys.add(store, "press", None)
