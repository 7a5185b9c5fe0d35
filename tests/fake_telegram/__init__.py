"""A local Bot API server for tests: strict where Telegram is strict, and failing when told to.

    async with FakeTelegram() as telegram:
        maria = telegram.person("Maria", language="pt-br")
        note = telegram.sends_voice(maria, ogg)          # an update for the bot
        photo = await telegram.next_call("sendPhoto", chat=maria)
        photo.files["photo"], photo.parameters["caption"]
        telegram.fails("sendPhoto", TooMany(retry_after=1), times=2)

The bot is started with `TELEGRAM_API_URL=telegram.url` and `TELEGRAM_BOT_TOKEN=telegram.token`.
By hand, or for a container: `python -m tests.fake_telegram --note FILE --notes 100`.
"""

from tests.fake_telegram.chats import Chat, Person
from tests.fake_telegram.faults import BadGateway, Fault, Hang, HangUp, ServerError, TooMany
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
    "Person",
    "ServerError",
    "TooMany",
]
