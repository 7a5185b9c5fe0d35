"""What comes beside a note, such as "is this real?", is meant for it and needs no hint of ours."""

from collections import OrderedDict

from telegram import Message

NEAR = 5.0  # s, by Telegram's clock
REMEMBERED = 1000  # chats


class Neighbours:
    """When the last note came into each chat."""

    def __init__(self) -> None:
        self._notes: OrderedDict[int, float] = OrderedDict()  # by chat; Unix seconds

    def note(self, message: Message) -> None:
        self._notes[message.chat_id] = message.date.timestamp()
        self._notes.move_to_end(message.chat_id)
        if len(self._notes) > REMEMBERED:
            self._notes.popitem(last=False)

    def has_near(self, message: Message) -> bool:
        """Whether a note came shortly before or after a message in the same chat."""
        at = self._notes.get(message.chat_id)
        return at is not None and abs(message.date.timestamp() - at) <= NEAR
