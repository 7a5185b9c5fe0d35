"""Scripts of other sites: shut out, unless the operator named their site; never with cookies."""

import pytest

from tests.bot.web.api.test_access import site
from tests.bot.web.api.test_verdicts import BYTES, VERDICTS

ASK = {"Access-Control-Request-Method": "POST"}
GOOD, EVIL = {"Origin": "https://news.example"}, {"Origin": "https://evil.example"}


def _allowed(headers: object) -> set[str]:
    return {name for name in dict(headers) if name.startswith("Access-Control")}  # type: ignore[call-overload]


@pytest.mark.parametrize("origin", [GOOD, EVIL, {"Origin": "null"}])
async def test_by_default_no_other_site_may_ask(origin: dict[str, str]) -> None:
    async with site() as client:
        response = await client.options(VERDICTS, headers=ASK | origin)
        assert (response.status, _allowed(response.headers)) == (405, set())
        response = await client.post(VERDICTS, data=b"a", headers=BYTES | origin)
        assert (response.status, _allowed(response.headers)) == (403, set())
        assert "Vary" not in response.headers


async def test_a_named_site_may_ask_and_read_also_refusals() -> None:
    origins = frozenset({"https://news.example", "http://localhost:3000"})
    async with site(api_origins=origins) as client:
        response = await client.options(VERDICTS, headers=ASK | GOOD)
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
        for body, status in ((b"a", 200), (None, 415)):
            headers = GOOD | (BYTES if body else {"Content-Type": "text/plain"})
            response = await client.post(VERDICTS, data=body, headers=headers)
            assert response.status == status
            assert response.headers["Access-Control-Allow-Origin"] == GOOD["Origin"]
            assert "Access-Control-Allow-Credentials" not in response.headers
            assert "RateLimit" in response.headers["Access-Control-Expose-Headers"]
            assert response.headers["Vary"] == "Origin"


async def test_naming_one_site_opens_nothing_to_others_nor_the_page() -> None:
    async with site(api_origins=frozenset({"https://news.example"})) as client:
        response = await client.options(VERDICTS, headers=ASK | EVIL)
        assert (response.status, _allowed(response.headers)) == (405, set())
        response = await client.post(VERDICTS, data=b"a", headers=BYTES | EVIL)
        assert (response.status, _allowed(response.headers)) == (403, set())
        for path in ("/page-api/answers", "/page-api/report.pdf"):
            response = await client.post(path, data=b"a", headers=BYTES | GOOD)
            assert (response.status, _allowed(response.headers)) == (403, set())
        response = await client.get("/api/v1/model", headers=EVIL)
        assert (response.status, response.headers["Vary"]) == (200, "Origin")
        assert _allowed(response.headers) == set()
