"""The parameters of one call as they came over the wire."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram.errors import JSON, bad_request


@dataclass(frozen=True)
class Request:
    """What was sent, everything as text but the files."""

    parameters: dict[str, str]
    files: dict[str, bytes]
    names: dict[str, str] = field(default_factory=dict)  # of the files, by their field

    def text(self, name: str) -> str:
        return self.parameters.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(float(self.parameters.get(name, default)))
        except ValueError as error:
            raise bad_request(f"can't parse {name}") from error

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1")

    def json(self, name: str) -> Any:
        try:
            return json.loads(self.parameters[name]) if name in self.parameters else None
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def object(self, name: str) -> JSON:
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: object expected")
        return value or {}
