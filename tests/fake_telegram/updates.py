"""The queue of updates and its two ways out: long polling and the webhook."""

import asyncio
import random
import re
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from tests.fake_telegram.errors import JSON, BotApiError, bad_request

OPT_IN = {"chat_member", "message_reaction", "message_reaction_count"}  # not sent unless asked for
WEBHOOK_PORTS = {80, 88, 443, 8443}
RETRY_AFTER = 0.3  # s until a webhook that did not say 200 is tried again; Telegram's grows


@dataclass
class Webhook:
    """Where updates are posted to, once one is set."""

    url: str = ""
    secret: str = ""
    last_error: str = ""
    answers: list[int] = field(default_factory=list)  # every status, in order


class Updates:
    """Updates wait here until the bot confirms them."""

    def __init__(self) -> None:
        self.pending: dict[int, JSON] = {}
        self.webhook = Webhook()
        self.upstream: str | None = None  # where https://… of the webhook really leads in a test
        self.repeated = False  # every update comes twice
        self.shuffled: random.Random | None = None  # the order in which a batch comes
        self._allowed: set[str] | None = None
        self.last, self._last_poll = 0, 0  # the number of the newest update
        self._stirred = asyncio.Event()

    def add(self, kind: str, content: JSON) -> None:
        """Queue an update, unless the bot did not ask for this kind."""
        if kind in OPT_IN if self._allowed is None else kind not in self._allowed:
            return
        self.push({kind: content})

    def push(self, update: JSON) -> None:
        """Queue any update, even of a kind that nobody knows."""
        self.last = max(self.last + 1, update.get("update_id", 0))
        update = {"update_id": self.last} | update
        self.pending[update["update_id"]] = update
        self._stir()

    def allow(self, kinds: list[str] | None) -> None:
        if kinds is not None:  # None keeps what the last call said, an empty list is the default
            self._allowed = set(kinds) or None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[JSON]:
        """getUpdates: what waits from `offset` on; all before is forgotten."""
        if self.webhook.url:
            raise BotApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._last_poll += 1
        mine = self._last_poll
        self._stir()
        self._confirm(offset)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.pending and mine == self._last_poll:
                    await self._stirred.wait()
        if mine != self._last_poll:
            raise BotApiError(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        return self._mix(list(self.pending.values())[:limit])

    def _mix(self, batch: list[JSON]) -> list[JSON]:
        """A batch as Telegram sends it in its bad hours."""
        batch = batch * 2 if self.repeated else batch
        if self.shuffled:
            self.shuffled.shuffle(batch)
        return batch

    def set_webhook(self, url: str, secret: str, drop: bool) -> None:
        if url:
            address = urlsplit(url)
            if address.scheme != "https":
                raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
            if (address.port or 443) not in WEBHOOK_PORTS:
                raise bad_request(
                    "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
                )
            if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
                raise bad_request("secret token contains unallowed characters")
        if drop:
            self.pending.clear()
        self.webhook = Webhook(url, secret)
        self._stir()

    async def deliver(self, session: aiohttp.ClientSession) -> None:
        """Post updates to the webhook for ever, each until it is taken."""
        under_way: dict[int, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as tasks:
            while True:
                if self.webhook.url:
                    waiting = [
                        update
                        for number, update in self.pending.items()
                        if number not in under_way or under_way[number].done()
                    ]
                    for update in self._mix(waiting):
                        posting = tasks.create_task(self._post(session, update))
                        under_way[update["update_id"]] = posting
                await self._stirred.wait()

    async def _post(self, session: aiohttp.ClientSession, update: JSON) -> None:
        number = update["update_id"]
        while number in self.pending:
            hook = self.webhook
            path = urlsplit(hook.url).path
            headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
            try:
                address = f"{self.upstream}{path}"
                async with session.post(address, json=update, headers=headers) as answer:
                    hook.answers.append(answer.status)
                    if answer.ok:
                        self.pending.pop(number, None)
                        return
                    hook.last_error = f"Wrong response from the webhook: {answer.status}"
            except (aiohttp.ClientError, TimeoutError) as error:
                hook.last_error = str(error)
            await asyncio.sleep(RETRY_AFTER)

    def _confirm(self, offset: int) -> None:
        numbers = sorted(self.pending)
        if offset < 0:  # counted from the end
            offset = ([0, *numbers])[max(offset, -len(numbers) - 1)]
        for number in numbers:
            if number < offset:
                del self.pending[number]

    def _stir(self) -> None:
        self._stirred.set()
        self._stirred = asyncio.Event()
