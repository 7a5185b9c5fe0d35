"""A local Bot API server for tests: strict where Telegram is strict, and failing when told to.

    async with FakeTelegram() as telegram:
        maria = telegram.person("Maria", language="pt-br")
        note = telegram.sends_voice(maria, ogg)          # an update for the bot
        photo = await telegram.next_call("sendPhoto", chat=maria)
        photo.files["photo"], photo.parameters["caption"]
        telegram.fails("sendPhoto", TooMany(retry_after=1), times=2)

Buttons: `telegram.taps(maria, photo.result, "why:")` presses one by its label or data, and
`await telegram.next_call("answerCallbackQuery")`; `telegram.follows(maria, url)` opens a deep link.

Groups: `telegram.group(forum=True)`, `topic`, `promotes(group, ana)`, `promotes(group)` for the bot
itself, `adds_bot`, `removes_bot`, `migrates`, `forbids(group, "photos")`, `channel`, `posts`,
`sends_…(ana, …, chat=group, thread=…, reply_to=…, sender_chat=group)` (an anonymous administrator).

Guest mode: `chat = telegram.group(member=False)` or `telegram.conversation(joao)`,
`note = telegram.notes(joao, chat, ogg)`, `telegram.summons(maria, chat, note)`, then
`await telegram.next_call("answerGuestQuery")`.

Telegram Business: `connection = telegram.connects(maria)`, `telegram.conversation(joao)` for one of
her chats, `records_in(connection, chat, joao, ogg)`, `writes_in(connection, chat, maria, text=…)`.

Whispers: `FakeTelegram(ephemeral=True)` keeps them in `telegram.chats.whispers`; without it the
parameter is unknown, and what is unknown is passed over: everybody sees the message.

A server of one's own in `--local` mode: `FakeTelegram(local=LocalServer(folder))`; `getFile` then
tells an absolute path, with `LocalServer(folder, "/srv/files")` one of another container.

Bad hours: `telegram.limits = Limits()`, `repeats()`, `shuffles()`, `queries.seconds = 0`.

The bot is started with `TELEGRAM_API_URL=telegram.url` and `TELEGRAM_BOT_TOKEN=telegram.token`.
By hand, or for a container: `python -m tests.fake_telegram --note FILE --notes 100`.
"""

from tests.fake_telegram.chats import Chat, Person
from tests.fake_telegram.faults import (
    BadGateway,
    Fault,
    Hang,
    HangUp,
    ServerError,
    Stall,
    TooMany,
)
from tests.fake_telegram.limits import Limits
from tests.fake_telegram.local import LocalServer
from tests.fake_telegram.parts import buttons
from tests.fake_telegram.server import TOKEN, Call, FakeTelegram

__all__ = [
    "TOKEN",
    "BadGateway",
    "Call",
    "Chat",
    "FakeTelegram",
    "Fault",
    "Hang",
    "HangUp",
    "Limits",
    "LocalServer",
    "Person",
    "ServerError",
    "Stall",
    "TooMany",
    "buttons",
]
