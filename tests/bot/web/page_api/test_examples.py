"""The examples and the measurements, as the page gets them."""

from pathlib import Path

from bot.services.demo import examples
from bot.settings import Settings
from tests.bot.stand_ins import ReadyWorker
from tests.bot.web.test_web import page


async def test_every_example_can_be_heard() -> None:
    async with page(ReadyWorker()) as client:
        listed = await (await client.get("/page-api/examples?lang=pt-BR")).json()
        sounds = [
            await (await client.get(f"/page-api/examples/{each['file']}")).read() for each in listed
        ]
        other = await client.get("/page-api/examples/clips.toml")
    assert sounds == [each.read() for each in examples()]
    assert all("Fonte: " in each["source"] for each in listed)
    assert other.status == 404


async def test_the_accuracy_is_that_of_the_served_model() -> None:
    async with page(ReadyWorker()) as client:
        found = await (await client.get("/page-api/accuracy?lang=en")).json()
    assert found["paragraphs"][0].startswith("📏 How often am I right?")
    rows = [row for section in found["sections"] for row in section["rows"]]
    assert len(rows) > 10
    for row in rows:
        for said in filter(None, (row["people"], row["machines"])):
            assert said["right"] + said["unsure"] + said["wrong"] == 100
            assert said["clips"] >= 10


async def test_a_model_without_a_measurement_says_so() -> None:
    async with page(ReadyWorker(), Settings(model=Path("/nowhere/other.onnx"))) as client:
        found = await (await client.get("/page-api/accuracy?lang=en")).json()
    assert found["sections"] == []
    assert "without any measurement" in found["paragraphs"][0]
