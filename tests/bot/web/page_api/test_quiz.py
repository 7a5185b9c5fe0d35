"""The quiz of the page: the same game as the bot's, and nothing of it is kept."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.services.quiz.clips import Clip, shipped
from bot.services.quiz.game import ROUNDS, Game
from bot.settings import Settings
from bot.texts import LANGUAGES, texts_for
from bot.web.app import build
from bot.web.page_api import quiz
from inference.errors import TookTooLong
from inference.verdict import Label
from tests.bot.stand_ins import ReadyWorker, verdict

Client = TestClient[Any, Any]


@pytest.fixture
def worker() -> ReadyWorker:
    return ReadyWorker(verdict(score=0.87))  # a machine, whatever it hears


@pytest.fixture
async def client(worker: ReadyWorker, tmp_path: Path) -> AsyncIterator[Client]:
    async with TestClient(TestServer(build(Settings(data_dir=tmp_path), worker))) as client:
        yield client


async def get(client: Client, path: str = "", language: str = "en", **query: str) -> Any:
    response = await client.get(f"/page-api/quiz{path}", params={"lang": language, **query})
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    return await response.json()


def clip_of(game: str) -> Clip:
    read = Game.read(game, shipped())
    assert read
    return read[1].clip


async def test_a_game_has_five_different_clips_and_a_score_at_its_end(
    client: Client, worker: ReadyWorker
) -> None:
    asked, heard = await get(client), []
    for number in range(1, ROUNDS + 1):
        assert asked["question"] == [f"🎧 Person or machine? {number}/5"]
        assert asked["choices"] == {"human": "🧑 Person", "synthetic": "🤖 Machine"}
        clip = clip_of(asked["game"])
        heard.append(clip.sha256)
        sound = await client.get("/page-api/quiz/sound", params={"game": asked["game"]})
        assert (sound.content_type, await sound.read()) == ("audio/ogg", clip.read())
        said = await get(client, "/answer", game=asked["game"], answer="human")
        assert said["right"] == (clip.truth is Label.HUMAN)
        assert said["lines"][1:3] == [
            f"It was a {'person' if said['right'] else 'machine'}.",
            "👂 What I hear myself: it sounds like a machine.",
        ]
        assert clip.licence in said["source"]["words"]
        if number < ROUNDS:
            asked = await get(client, game=said["game"])
    assert len(set(heard)) == ROUNDS
    people = sum(clip.truth is Label.HUMAN for clip in shipped() if clip.sha256 in heard)
    score = f"🏁 You got {people} of 5 right. I got {ROUNDS - people} of 5."
    assert (said["game"], said["next"], said["lines"][-2]) == (None, "Play again 🔁", score)
    assert len(worker.asked) == ROUNDS


async def test_a_clip_is_heard_once(client: Client, worker: ReadyWorker) -> None:
    asked = await get(client)
    for answer in ("human", "synthetic"):
        await get(client, "/answer", game=asked["game"], answer=answer)
    assert len(worker.asked) == 1


async def test_a_clip_that_can_not_be_judged_spoils_no_game(
    client: Client, worker: ReadyWorker
) -> None:
    worker.outcome = TookTooLong("too slow")
    asked = await get(client)
    said = await get(client, "/answer", game=asked["game"], answer="human")
    assert said["lines"][2] == "👂 What I hear myself: I can't tell."


async def test_who_would_wait_too_long_may_try_again(
    client: Client, worker: ReadyWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiz, "HEAR_SECONDS", 0.1)
    asked = await get(client)
    with worker.place(1), pytest.MonkeyPatch.context() as full:
        full.setattr(worker._capacity, "_places", 0)
        query = {"game": asked["game"], "answer": "human"}
        response = await client.get("/page-api/quiz/answer", params=query)
    assert (response.status, response.headers["Retry-After"]) == (503, "10")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_in_the_reader_s_language(client: Client, language: str) -> None:
    asked = await get(client, language=language)
    foreign = texts_for(language, "en").say("quiz", "foreign")
    assert (asked["question"][1:] == [foreign]) == (language == "pt-BR")


@pytest.mark.parametrize("path", ["", "/sound", "/answer"])
@pytest.mark.parametrize("game", ["", "x", "quiz:page:1:0000:en:1:0:0:0", "quiz:page:" + "9" * 99])
async def test_what_is_no_game_of_ours_is_told_so(client: Client, path: str, game: str) -> None:
    query = {"game": game, "answer": "human", "lang": "en"}
    response = await client.get(f"/page-api/quiz{path}", params=query)
    error = (await response.json())["error"]
    assert (response.status, error["code"]) == (404, "stale")
    assert error["message"] == "This game is over. Begin another one."


async def test_what_is_no_answer_is_told_so(client: Client) -> None:
    asked = await get(client)
    for answer in ("", "mixed", "Human"):
        query = {"game": asked["game"], "answer": answer}
        response = await client.get("/page-api/quiz/answer", params=query)
        assert response.status == 404
