"""Looks up the keys of programs, also where only the page is served and no database is open."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.db import Store


@dataclass(frozen=True)
class Key:
    """A key that `ouvido keys add` has made."""

    sha256: str
    expired: bool


class Keys:
    """The bot's store, or one of its own that is opened when the first key comes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.store: Store | None = None  # the bot's, which is not ours to close
        self._own: Store | None = None
        self._opening = asyncio.Lock()

    async def find(self, key: str) -> Key | None:
        """A key that is known, and now used; raises what the database raises."""
        from bot.db import api_keys  # 25 MB that a page without keys has no use for

        async with self._opening:
            store = self.store or await self._opened()
        found = await api_keys.use(store, key) if store else None
        return Key(found.sha256, api_keys.is_expired(found)) if found else None

    async def close(self) -> None:
        """Close a store of our own."""
        if self._own:
            await self._own.close()

    async def _opened(self) -> "Store | None":
        """None where there is no database yet, and so no key."""
        from bot.db import Store

        if self._own is None:
            store = Store(self._settings.database)
            if store.file and not store.file.exists():
                return None
            await store.open()
            self._own = store
        return self._own
