"""The one way a method says no: the status and the words that Telegram uses."""

from typing import Any

JSON = dict[str, Any]


class BotApiError(Exception):
    """A call that Telegram refuses."""

    def __init__(self, status: int, description: str, parameters: JSON | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def as_json(self) -> JSON:
        body: JSON = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(description: str, parameters: JSON | None = None) -> BotApiError:
    return BotApiError(400, f"Bad Request: {description}", parameters)


def forbidden(description: str) -> BotApiError:
    return BotApiError(403, f"Forbidden: {description}")


def too_many(seconds: int) -> BotApiError:
    words = f"Too Many Requests: retry after {seconds}"
    return BotApiError(429, words, {"retry_after": seconds})
