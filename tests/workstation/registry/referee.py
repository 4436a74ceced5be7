"""A referee over requests and answers: checks them against the published OpenAPI files, fully and strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.workstation.registry.yaml_reader import read_yaml

PROJECT = Path(__file__).resolve().parents[3]
SHARED = PROJECT.parent / "shared" / "osia"
EXTENSIONS = PROJECT / "workstation" / "registry" / "extensions.yaml"
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


class Breach(AssertionError):
    """Something on the line is not what the interface says."""


class Document:
    """One OpenAPI document."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.tree: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"))

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        """The operation whose path template fits; the one with the fewest variables first."""
        for template in sorted(self.tree["paths"], key=lambda known: known.count("{")):
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path):
                found = self.tree["paths"][template].get(method.lower())
                if found is not None:
                    return dict(found)
        return None

    def check(self, schema: Mapping[str, Any], value: Any, *, sent: bool, place: str = "$") -> None:
        """Raises Breach unless `value` fits. `sent`: in a request read-only properties need not be there."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/components/schemas/")
            return self.check(self.tree["components"]["schemas"][name], value, sent=sent, place=place)
        if "oneOf" in schema:
            fitting = sum(self._fits(option, value, sent) for option in schema["oneOf"])
            if not fitting:
                raise Breach(f"{self.name} {place}: none of oneOf")
        kind = schema.get("type")
        if kind is not None:
            boolean_for_number = isinstance(value, bool) and kind in ("integer", "number")
            if not isinstance(value, _TYPES[kind]) or boolean_for_number:
                raise Breach(f"{self.name} {place}: {type(value).__name__} for {kind}")
        if "enum" in schema and value not in schema["enum"]:
            raise Breach(f"{self.name} {place}: {value!r} not in enum")
        if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
            raise Breach(f"{self.name} {place}: no RFC 3339 time")
        if schema.get("format") == "uri" and not urlsplit(value).scheme:
            raise Breach(f"{self.name} {place}: no URI")
        if isinstance(value, list):
            if len(value) < schema.get("minItems", 0):
                raise Breach(f"{self.name} {place}: too few items")
            for index, item in enumerate(value):
                self.check(schema.get("items", {}), item, sent=sent, place=f"{place}[{index}]")
        if isinstance(value, dict):
            self._check_object(schema, value, sent=sent, place=place)
        return None

    def _check_object(
        self, schema: Mapping[str, Any], value: Mapping[str, Any], *, sent: bool, place: str
    ) -> None:
        properties = schema.get("properties") or {}
        for name in schema.get("required", []):
            optional = sent and properties.get(name, {}).get("readOnly")
            if name not in value and not optional:
                raise Breach(f"{self.name} {place}: {name} missing")
        for name, inner in value.items():
            if name in properties:
                self.check(properties[name], inner, sent=sent, place=f"{place}.{name}")
            elif schema.get("additionalProperties") is False:
                raise Breach(f"{self.name} {place}: {name} unknown")

    def _fits(self, schema: Mapping[str, Any], value: Any, sent: bool) -> bool:
        try:
            self.check(schema, value, sent=sent)
        except Breach:
            return False
        return True


@lru_cache(maxsize=1)
def _documents() -> tuple[Document, ...]:
    return tuple(Document(path) for path in (SHARED / "enrollment.yaml", SHARED / "cms.yaml", EXTENSIONS))


class Referee:
    """Judges every exchange of a client; `seen` are the operations that were judged."""

    def __init__(self) -> None:
        if not SHARED.is_dir():
            pytest.skip("shared samples are not beside this checkout")
        self.documents = _documents()
        self.seen: set[str] = set()

    def judge(self, response: httpx.Response) -> None:
        """An httpx response hook. Raises Breach."""
        request = response.request
        response.read()
        for document in self.documents:
            operation = document.operation(request.method, request.url.path)
            if operation is not None:
                break
        else:
            raise Breach(f"{request.method} {request.url.path} is no operation")
        self.seen.add(f"{operation['operationId']} {response.status_code}")
        if response.status_code < 400:
            self._judge_request(document, operation, request)
        self._judge_answer(document, operation, response)

    def _judge_request(
        self, document: Document, operation: Mapping[str, Any], request: httpx.Request
    ) -> None:
        for parameter in operation.get("parameters", []):
            held = request.url.params if parameter["in"] == "query" else request.headers
            if parameter["in"] != "path" and parameter.get("required") and parameter["name"] not in held:
                raise Breach(f"{operation['operationId']}: {parameter['name']} missing")
        content = operation.get("requestBody", {}).get("content", {})
        kind = request.headers.get("Content-Type", "").partition(";")[0]
        fitting = [known for known in content if re.fullmatch(known.replace("*", ".+"), kind)]
        if content and not fitting:
            raise Breach(f"{operation['operationId']}: {kind} sent")
        if "application/json" in fitting:
            schema = content["application/json"]["schema"]
            document.check(schema, json.loads(request.content), sent=True)

    def _judge_answer(
        self, document: Document, operation: Mapping[str, Any], response: httpx.Response
    ) -> None:
        known = operation["responses"].get(str(response.status_code))
        if known is None:
            raise Breach(f"{operation['operationId']}: answered {response.status_code}")
        content = known.get("content", {})
        if response.status_code >= 400:
            error = {"$ref": "#/components/schemas/Error"}
            if "Error" in document.tree["components"]["schemas"]:
                document.check(error, response.json(), sent=False)
        elif not content:
            if response.content:
                raise Breach(f"{operation['operationId']}: an unexpected body")
        elif "application/json" in content:
            document.check(content["application/json"]["schema"], response.json(), sent=False)
