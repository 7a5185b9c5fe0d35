"""The conversations in groups, and the calls from chats where the bot is not."""

from bot.services.digests import PAUSE
from bot.telegram.group_policy import SUMMARY_NOTES
from tests.fake_telegram import Chat, buttons
from tests.walkthrough.notes import Notes
from tests.walkthrough.walk import Conversation, Walk


async def check(walk: Walk, notes: Notes) -> None:
    group, rui = walk.telegram.group("Família ❤"), walk.telegram.person("Rui", walk.me.language)
    note = walk.telegram.sends_voice(rui, notes.machine, 8, chat=group, forwarded=True)
    await walk.says("/check", "check", chat=group, reply_to=note)
    await walk.says("/check", "check, then check of nothing", chat=group)
    name = f"@{walk.telegram.bot['username']}"
    await walk.says(f"{name} ???", "the name without a note", chat=group)


async def arrival(walk: Walk, notes: Notes) -> None:
    group = walk.telegram.group("Família ❤", member=False)
    walk.acts(group)
    walk.telegram.adds_bot(walk.me, group)
    await walk.sees("greeting", group)
    greeting = walk.telegram.sent_to(group)[-1]
    await walk.taps(greeting, "set:", "pressed by a member", group)


async def settings(walk: Walk, notes: Notes) -> None:
    """Every page that the menu of an administrator leads to, and back."""
    group = await _menu(walk)
    menu = walk.telegram.sent_to(group)[-1]
    for number, button in enumerate(buttons(menu), start=1):
        await walk.presses(menu, button["callback_data"], f"button {number}", group)
        pages = [each for each in buttons(menu) if ":page:" in each["callback_data"]]
        if pages:
            await walk.presses(menu, pages[-1]["callback_data"], f"button {number} and on", group)
    await walk.says("/settings", "asked by a member", chat=await _foreign(walk))


async def by_itself(walk: Walk, notes: Notes) -> None:
    """All notes are heard: answered, marked with a reaction, or told in a summary."""
    group, rui = await _menu(walk), walk.telegram.person("Rui", walk.me.language)
    await _choose(walk, group, "notes", "all")
    walk.telegram.promotes(group)
    await walk.hears(rui, notes.machine, group, "a reply")
    await _choose(walk, group, "reply_mode", "reaction")
    await walk.hears(rui, notes.person, group, "a reaction")
    await _choose(walk, group, "reply_mode", "summary")
    before = len(walk.telegram.sent_to(group))
    for number in range(SUMMARY_NOTES - 1):
        walk.telegram.sends_voice(rui, notes.unsure + b"%d" % number, 8, chat=group)
    await walk.hears(rui, notes.machine + b"0", group, "many notes", silent=True)
    await walk.telegram.until(lambda: len(walk.telegram.sent_to(group)) > before, 2 * PAUSE)
    walk.looks("a summary", group)


async def private_reply(walk: Walk, notes: Notes) -> None:
    """Only who asks is answered: by a link, and where the bot is an administrator on the spot."""
    group, rui = await _menu(walk), walk.telegram.person("Rui", walk.me.language)
    menu = walk.telegram.sent_to(group)[-1]
    await walk.taps(menu, "set:private_replies:1", "chosen", group)
    note = walk.telegram.sends_voice(rui, notes.machine, 8, chat=group)
    await walk.says("/check", "asked", chat=group, reply_to=note)
    link = walk.telegram.sent_to(group)[-1]
    await walk.taps(link, buttons(link)[0]["text"], "the link followed")
    walk.telegram.promotes(group)
    await walk.says("/check", "whispered", chat=group, reply_to=note)


async def guest(walk: Walk, notes: Notes) -> None:
    """Called by its name in two people's private chat."""
    joao = walk.telegram.person("João")
    chat = walk.telegram.conversation(joao)
    note = walk.telegram.notes(joao, chat, notes.machine, 8)
    walk.acts(chat)
    walk.telegram.summons(walk.me, chat, note)
    await walk.sees("called", chat)
    for answer in walk.telegram.sent_to(chat):
        walk.acts()
        walk.telegram.taps(walk.me, answer, buttons(answer)[0]["text"])
        await walk.sees("the link followed")
    walk.acts(chat)
    walk.telegram.summons(walk.me, chat)
    await walk.sees("called to nothing", chat)


async def topic(walk: Walk, notes: Notes) -> None:
    group, rui = (
        walk.telegram.group("Vizinhos", forum=True),
        walk.telegram.person("Rui", walk.me.language),
    )
    thread = walk.telegram.topic(group)
    where = {"chat": group, "thread": thread}
    await walk.says("/check", "check of nothing", **where)
    note = walk.telegram.sends_voice(rui, notes.machine, 8, **where)
    await walk.says("/check", "check", reply_to=note, **where)
    for message in walk.telegram.sent_to(group):
        if message.get("message_thread_id") != thread:
            walk.faults.append("an answer left its topic")


async def _menu(walk: Walk) -> Chat:
    group = walk.telegram.group("Família ❤")
    walk.telegram.promotes(group, walk.me, "creator")
    await walk.says("/settings", "menu", chat=group)
    return group


async def _choose(walk: Walk, group: Chat, page: str, choice: str) -> None:
    """Turn to a page of the menu, press a button there, and go back if it has not done so."""
    menu = walk.telegram.sent_to(group)[0]
    await walk.taps(menu, f"set:page:{page}", f"page {page}, before {choice}", group)
    await walk.taps(menu, f"set:{page}:{choice}", choice, group)
    if any(button["callback_data"] == "set:page:home" for button in buttons(menu)):
        await walk.taps(menu, "set:page:home", f"home, after {choice}", group)


async def _foreign(walk: Walk) -> Chat:
    return walk.telegram.group("Vizinhos")


CONVERSATIONS: dict[str, Conversation] = {
    "group": check,
    "arrival": arrival,
    "settings": settings,
    "by itself": by_itself,
    "private_reply": private_reply,
    "guest": guest,
    "topic": topic,
}
