"""All conversations in all languages: screens by their steps, and what went wrong on the way."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.texts import LANGUAGES
from tests.fake_telegram import FakeTelegram, Person
from tests.service import Service, running
from tests.walkthrough import in_groups, in_private
from tests.walkthrough.notes import Notes
from tests.walkthrough.phone import page
from tests.walkthrough.walk import Conversation, Walk

TOLD = 3000  # characters of what the service wrote after it failed

# What changes the bot for everybody, and so is told when all others have ended.
LAST: dict[str, Conversation] = {"operator": in_private.operator}


@dataclass
class Tour:
    """One bot and those who talk with it."""

    telegram: FakeTelegram
    service: Service
    notes: Notes
    operators: dict[str, Person]  # by their language
    faults: list[str] = field(default_factory=list)
    screens: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    async def tell_all(self, language: str, only: Sequence[str]) -> None:
        """The conversations in one language, each of somebody new."""
        conversations: dict[str, Conversation] = in_private.CONVERSATIONS | in_groups.CONVERSATIONS
        for name in in_private.commands(self.telegram, language):
            conversations[f"command {name}"] = partial(in_private.command, name)
        for title, conversation in conversations.items():
            if not only or title in only:
                maria = self.telegram.person("Maria", language.lower())
                await self.tell(title, conversation, language, maria)

    async def tell(self, title: str, conversation: Conversation, language: str, me: Person) -> None:
        walk = Walk(self.telegram, self.service, me)
        await conversation(walk, self.notes)
        for step, html in walk.screens.items():
            self.screens[f"{title}, {step}"][language] = html
        self.faults += [f"{title}, {language}: {fault}" for fault in walk.faults]

    @property
    def pages(self) -> dict[str, str]:
        """By the name of the step: the HTML of its phones."""
        return {
            step: page([phones.get(language, "") for language in LANGUAGES])
            for step, phones in self.screens.items()
        }


async def tour(notes: Notes, only: Sequence[str] = ()) -> tuple[dict[str, str], list[str]]:
    """The pages and the faults; `only` these conversations."""
    async with FakeTelegram(ephemeral=True) as telegram:
        operators = {each: telegram.person("Ana", each.lower()) for each in LANGUAGES}
        settings = {  # all that people may meet
            "DONATIONS_MB": "100",
            "EPHEMERAL": "on",
            "OPERATORS": ",".join(str(operator.id) for operator in operators.values()),
        }
        async with running(telegram, **settings) as service:
            texts = telegram.methods.profile.texts
            await telegram.until(lambda: ("short_description", "es") in texts)
            found = Tour(telegram, service, notes, operators)
            await asyncio.gather(*(found.tell_all(language, only) for language in LANGUAGES))
            for title, conversation in LAST.items():
                if not only or title in only:
                    for language, operator in operators.items():
                        await found.tell(title, conversation, language, operator)
            if "Traceback" in service.written:
                after = service.written.index("Traceback")
                found.faults.append(service.written[after : after + TOLD])
    return found.pages, found.faults
