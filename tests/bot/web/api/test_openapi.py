"""The OpenAPI document is well formed and says what the server does: addresses, statuses, fields.

`openapi-3.1.json` is the OpenAPI Initiative's schema of such documents (Apache 2.0).
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from jsonschema import Draft202012Validator

from bot.settings import Settings
from bot.texts import LANGUAGES
from bot.web.api.document import FILE
from bot.web.app import build
from bot.worker.pool import ERRORS
from inference.errors import DetectionError, Undecodable
from tests.bot.stand_ins import ReadyWorker
from tests.bot.web.api.test_access import bearer, site
from tests.bot.web.api.test_verdicts import BYTES, VERDICTS
from tests.bot.web.test_web import Client, form

WEB = Path(__file__).parents[4] / "bot" / "web"
DOCUMENT = json.loads(FILE.read_text(encoding="utf-8"))
SCHEMA = json.loads((Path(__file__).parent / "openapi-3.1.json").read_text())
SCHEMAS = DOCUMENT["components"]["schemas"]
MODEL, ITSELF = "/api/v1/model", "/api/v1/openapi.json"


def _holds(value: object, schema: str) -> None:
    """Fails where a value is not as one of the document's schemas has it."""
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{schema}", **DOCUMENT})
    validator.validate(value)


def _fields(value: object, schema: dict[str, Any]) -> None:
    """Fails where a value lacks a field of its schema, or has another; null is anything."""
    if "$ref" in schema:
        return _fields(value, SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if isinstance(value, list):
        for item in value:
            _fields(item, schema.get("items", {}))
    if not isinstance(value, dict):
        return None
    if "anyOf" in schema:
        return _fields(value, schema["anyOf"][0])
    if "additionalProperties" in schema:
        for item in value.values():
            _fields(item, schema["additionalProperties"])
        return None
    assert set(value) == set(schema["properties"])
    for name, item in value.items():
        _fields(item, schema["properties"][name])
    return None


def _problem(value: dict[str, Any]) -> None:
    _holds(value, "Problem")
    _fields({"violated-policies": [], **value}, SCHEMAS["Problem"])


def test_it_is_an_openapi_document() -> None:
    Draft202012Validator(SCHEMA).validate(DOCUMENT)
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key == "$ref")
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def test_every_reference_leads_somewhere_and_nothing_is_unused() -> None:
    used = set(_references(DOCUMENT))
    there = {
        f"#/components/{kind}/{name}"
        for kind, parts in DOCUMENT["components"].items()
        if kind != "securitySchemes"
        for name in parts
    }
    assert used == there


def test_every_address_is_in_it_and_no_other() -> None:
    router = build(Settings(), ReadyWorker()).router
    served = {
        (route.method, route.resource.canonical)
        for route in router.routes()
        if route.resource and route.resource.canonical.startswith("/api")
    }
    said = {(method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in item}
    assert served - {("HEAD", MODEL), ("HEAD", ITSELF)} == said


def _raised() -> Iterator[tuple[str, object]]:
    """Class of each refusal of programs in the page's room; its code, where it stands there."""
    for path in [*WEB.glob("*.py"), *WEB.glob("api/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("refusal", "fill"):
                kind, code = node.args[:2]
                yield ast.unparse(kind), code.value if isinstance(code, ast.Constant) else None


def test_every_code_is_in_it_and_no_other() -> None:
    codes = {code for _, code in _raised() if code} | ERRORS.keys()
    codes |= {"key_misplaced", "key_missing", "key_unknown", "key_expired", "busy", "proxy"}
    codes |= {"foreign", "too_large", "too_many_requests", DetectionError.code}
    only_page = {"wrong_part", "same_recording"}
    assert codes - only_page == set(SCHEMAS["Code"]["enum"])


def test_every_status_of_a_refusal_is_in_it() -> None:
    kinds = {kind.removeprefix("web.") for kind, _ in _raised() if kind.startswith("web.")}
    statuses = {str(getattr(web, kind).status_code) for kind in kinds}
    assert {"400", "403", "411", "415", "417", "429", "503", "507"} <= statuses
    assert statuses <= set(DOCUMENT["paths"][VERDICTS]["post"]["responses"])


def test_every_problem_names_codes_that_there_are() -> None:
    for item in DOCUMENT["paths"].values():
        for operation in item.values():
            for status, response in operation["responses"].items():
                codes = set(re.findall(r"`([a-z_]+)`", response["description"]))
                assert status < "400" or codes & set(SCHEMAS["Code"]["enum"]), status


@pytest.mark.parametrize("body", ["form", "bytes"])
async def test_verdicts_are_as_it_says(body: str) -> None:
    async with site(files_per_minute=1) as client:
        sent: dict[str, Any] = {"data": form(b"a", b"b")}
        if body == "bytes":
            sent = {"data": b"a", "headers": BYTES}
        response = await client.post(VERDICTS, **sent)
        answer = await response.json()
    _holds(answer, "Verdicts")
    _fields(answer["verdicts"][0], SCHEMAS["Verdict"])
    if body == "form":
        _fields(answer["verdicts"][1], SCHEMAS["Unheard"])
    said = DOCUMENT["paths"][VERDICTS]["post"]["responses"]["200"]
    assert set(said["headers"]) == {n for n in response.headers if n.startswith("RateLimit")}


async def test_the_model_is_as_it_says() -> None:
    async with site() as client:
        answer = await (await client.get(MODEL)).json()
    _holds(answer, "Model")
    _fields(answer, SCHEMAS["Model"])
    assert answer["accuracy"]["groups"]["all"]["people"]["right"] > 0


async def _status(client: Client, status: int, **request: Any) -> None:
    """Ask; the answer's status, content type, body and headers are as the document has them."""
    method, path = request.pop("method", "POST"), request.pop("path", VERDICTS)
    response = await client.request(method, path, **request)
    assert response.status == status
    _problem(await response.json())
    operation = next(iter(DOCUMENT["paths"].get(path, {}).values()), None)
    if operation:
        said = operation["responses"][str(status)]
        assert list(said["content"]) == [response.content_type]
        if status not in (422, 429):
            assert set(said.get("headers", ())) <= set(response.headers)


async def test_refusals_are_as_it_says() -> None:
    async with site(api_access="keys", files_per_minute=3) as client:
        await _status(client, 401, data=b"a", headers=BYTES)
        await _status(client, 403, data=b"a", headers=BYTES | {"Host": "evil.example"})
        for _ in range(3):
            await _status(client, 401, data=b"a", headers=bearer("x"))
        await _status(client, 429, data=b"a", headers=bearer("x"))
    async with site(ReadyWorker(places=0)) as client:
        await _status(client, 503, data=b"a", headers=BYTES)
    async with site(ReadyWorker(Undecodable("x"))) as client:
        await _status(client, 422, data=b"a", headers=BYTES)
        await _status(client, 400, data=form(*[b"a"] * 101))
        await _status(client, 405, method="PUT")
        await _status(client, 405, method="POST", path=MODEL)
        await _status(client, 405, method="POST", path=ITSELF)
        await _status(client, 404, method="GET", path="/api/v1/models")
        await _status(client, 415, json={})
    async with site(ReadyWorker(KeyError("x"))) as client:
        await _status(client, 500, data=b"a", headers=BYTES)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_served_in_the_readers_language_and_may_be_kept(language: str) -> None:
    async with TestClient(TestServer(build(Settings(), ReadyWorker()))) as client:
        response = await client.get(f"{ITSELF}?lang={language}")
        document = await response.json()
        etag = response.headers["ETag"]
        again = await client.get(f"{ITSELF}?lang={language}", headers={"If-None-Match": etag})
        assert (again.status, await again.read()) == (304, b"")
        other = await client.get(f"{ITSELF}?lang={language}", headers={"If-None-Match": '"x"'})
        assert other.status == 200
    Draft202012Validator(SCHEMA).validate(document)
    summaries = [op.pop("summary") for item in document["paths"].values() for op in item.values()]
    assert all(summaries)
    assert document["paths"] == {
        path: {m: {k: v for k, v in op.items() if k != "summary"} for m, op in item.items()}
        for path, item in DOCUMENT["paths"].items()
    }
    assert {"Accept-Language", "Cookie"} == set(response.headers["Vary"].split(", "))


async def test_the_model_s_facts_may_be_kept_until_they_change() -> None:
    async with site() as client:
        response = await client.get(MODEL)
        known = {"If-None-Match": response.headers["ETag"]}
        assert (await client.get(MODEL, headers=known)).status == 304
        assert "max-age" in response.headers["Cache-Control"]
