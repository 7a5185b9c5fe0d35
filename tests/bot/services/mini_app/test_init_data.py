"""Who opened the Mini App is believed only where the bot's token signs it."""

import json
from urllib.parse import parse_qsl, quote, urlencode

import pytest

from bot.services.mini_app.init_data import MOST_AGE, MOST_AHEAD, NotFromTelegram, TooOld, user_of
from tests.fake_telegram.mini_app import signed

TOKEN = "123456:TEST"
NOW = 1_800_000_000
FIELDS = {
    "query_id": "AAF9",
    "user": '{"id":7,"first_name":"Ana & Zé","language_code":"pt-br"}',
    "auth_date": str(NOW),
    "chat_type": "sender",
    "chat_instance": "-42",
    "signature": "c2ln",
}
# OpenSSL's: `openssl dgst -sha256 -hmac WebAppData` of the token is the key of the second one,
# which is of the lines of all fields by their names, without a line end behind the last.
HASH = "74e3992bf13d0c6197baf9946611a0c0c3cbd7f15fd137d3b97611389f9445f9"


def written(fields: dict[str, str]) -> str:
    return urlencode(fields, quote_via=quote)


def test_what_another_program_has_signed_as_documented_is_believed() -> None:
    assert user_of(written({**FIELDS, "hash": HASH}), TOKEN, NOW) == 7
    assert signed(FIELDS, TOKEN) == written({**FIELDS, "hash": HASH})


def test_the_order_of_fields_does_not_matter() -> None:
    turned = dict(reversed([*FIELDS.items(), ("hash", HASH)]))
    assert user_of(written(turned), TOKEN, NOW) == 7


@pytest.mark.parametrize("age", [0, MOST_AGE, -MOST_AHEAD])
def test_its_age_is_counted_from_when_it_was_opened(age: float) -> None:
    assert user_of(signed(FIELDS, TOKEN), TOKEN, NOW + age) == 7


@pytest.mark.parametrize("age", [MOST_AGE + 1, -MOST_AHEAD - 1])
def test_what_is_old_or_of_the_future_is_to_be_opened_anew(age: float) -> None:
    with pytest.raises(TooOld):
        user_of(signed(FIELDS, TOKEN), TOKEN, NOW + age)


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_can_be_changed_added_or_left_out(name: str) -> None:
    data = dict(parse_qsl(signed(FIELDS, TOKEN)))
    other = json.dumps({"id": 8}) if name == "user" else "5"
    without = {key: value for key, value in data.items() if key != name}
    for forged in ({**data, name: other}, without, {**data, "start_param": "x"}):
        with pytest.raises(NotFromTelegram):
            user_of(written(forged), TOKEN, NOW)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "hash=",
        "no field at all",
        "user=%ff&hash=0",
        written({**FIELDS, "hash": "0" * 64}),
        written({**FIELDS, "hash": "é"}),
        written(FIELDS),
        signed(FIELDS, "123456:OTHER"),
        signed(FIELDS, TOKEN) + "&user=" + quote('{"id":8}'),
        signed(FIELDS, TOKEN) + "&x=1" * 100,
        signed({**FIELDS, "user": "7"}, TOKEN),
        signed({**FIELDS, "user": "[" * 100_000}, TOKEN),
        signed({**FIELDS, "user": "{}"}, TOKEN),
        signed({**FIELDS, "auth_date": "yesterday"}, TOKEN),
        signed({name: FIELDS[name] for name in ("user", "signature")}, TOKEN),
    ],
)
def test_anything_else_is_not_from_telegram(data: str) -> None:
    with pytest.raises(NotFromTelegram):
        user_of(data, TOKEN, NOW)
