"""What may change in a contract within its major version, as rules over two JSON Schema documents.

While a release rolls out, old and new programs talk to one another. Who may be older than whom is the audience:

- "both": messages and service bodies. Either side may be the older one, so that only optional fields are added.
- "in": what pages send. The page may be older than the gateway: nothing that was accepted may be refused.
- "out": what pages receive. They ignore frames, entries and codes that they do not know (docs/protocol.md), but what
  they know must stay as they know it.

A rule looks at one place of the schema and says in words what broke there; an empty list means compatible.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

Audience = Literal["both", "in", "out"]
Schema = Mapping[str, Any]

UPPER: Final = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
LOWER: Final = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")


class Finding(NamedTuple):
    """A change that some program in use would not survive."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Place(NamedTuple):
    """Where in the pair of documents we are, and who may be older there."""

    where: str
    audience: Audience
    old_document: Schema
    new_document: Schema
    seen: frozenset[tuple[str, str]] = frozenset()

    def inside(self, name: str) -> "Place":
        return self._replace(where=f"{self.where}.{name}")

    @property
    def old_data_is_read(self) -> bool:
        """New programs read what older ones wrote."""
        return self.audience in ("both", "in")

    @property
    def new_data_is_read(self) -> bool:
        """Older programs read what new ones wrote."""
        return self.audience in ("both", "out")


def compare(where: str, audience: Audience, old: Schema, new: Schema) -> list[Finding]:
    """Findings between two documents that describe one type at their top."""
    return list(_compare(Place(where, audience, old, new), old, new))


def compare_collections(where: str, old: Schema, new: Schema) -> list[Finding]:
    """Findings between two documents of several types (`x-directions`); internal ones are for both sides."""
    findings: list[Finding] = []
    for name, direction in old["x-directions"].items():
        if name not in new["x-directions"]:
            findings.append(Finding(f"{where}#{name}", "the type was removed"))
            continue
        audience: Audience = direction if where == "wire" else "both"
        place = Place(f"{where}#{name}", audience, old, new)
        findings.extend(_compare(place, {"$ref": f"#/$defs/{name}"}, {"$ref": f"#/$defs/{name}"}))
    return sorted(set(findings))


def _compare(place: Place, old: Schema, new: Schema) -> Iterator[Finding]:
    pair = (old.get("$ref", ""), new.get("$ref", ""))
    if pair != ("", ""):
        if pair in place.seen:
            return
        place = place._replace(seen=place.seen | {pair})
    old, new = _resolved(old, place.old_document), _resolved(new, place.new_document)
    if "oneOf" in old and "oneOf" in new:
        yield from _variants(place, old, new)
        return
    yield from _types(place, old, new)
    yield from _values(place, old, new)
    yield from _bounds(place, old, new)
    yield from _wordings(place, old, new)
    yield from _properties(place, old, new)
    for part in ("items", "additionalProperties", "propertyNames"):
        if isinstance(old.get(part), Mapping) and isinstance(new.get(part), Mapping):
            yield from _compare(place.inside("[]"), old[part], new[part])


def _resolved(schema: Schema, document: Schema) -> dict[str, Any]:
    """The schema with its reference followed, `null` folded into its types, and a constant as an enumeration."""
    result = dict(schema)
    if "$ref" in result:
        name = result.pop("$ref").removeprefix("#/$defs/")
        result = {**_resolved(document["$defs"][name], document), **result}
    alternatives = result.get("anyOf", [])
    if {"type": "null"} in alternatives:
        others = [inner for inner in alternatives if inner != {"type": "null"}]
        if len(others) == 1:
            del result["anyOf"]
            inner = _resolved(others[0], document)
            result = {**inner, **result, "type": _type_set(inner) | {"null"}}
    if "const" in result:
        result["enum"] = [result.pop("const")]
    return result


def _type_set(schema: Schema) -> frozenset[str]:
    types = schema.get("type", "any")
    return frozenset({types}) if isinstance(types, str) else frozenset(types)


def _types(place: Place, old: Schema, new: Schema) -> Iterator[Finding]:
    before, after = _type_set(old), _type_set(new)
    if before == after:
        return
    words = f"the type changed from {' or '.join(sorted(before))} to {' or '.join(sorted(after))}"
    lost, gained = before - _accepted_by(after), after - _accepted_by(before)
    if (lost and place.old_data_is_read) or (gained and place.new_data_is_read):
        yield Finding(place.where, words)


def _accepted_by(types: frozenset[str]) -> frozenset[str]:
    if "any" in types:
        return types | {"string", "number", "integer", "boolean", "object", "array", "null"}
    return types | {"integer"} if "number" in types else types


def _values(place: Place, old: Schema, new: Schema) -> Iterator[Finding]:
    before, after = old.get("enum"), new.get("enum")
    if before == after:
        return
    if after is not None and place.old_data_is_read:
        removed = sorted(set(before) - set(after)) if before is not None else None
        if removed is None:
            yield Finding(place.where, "only certain values are accepted now")
        elif removed:
            yield Finding(place.where, f"the value {', '.join(map(str, removed))} was removed")
    if before is not None and place.audience == "both":
        added = sorted(set(after) - set(before)) if after is not None else ["any other"]
        if added:
            yield Finding(place.where, f"the value {', '.join(map(str, added))} was added, which older readers refuse")


def _bounds(place: Place, old: Schema, new: Schema) -> Iterator[Finding]:
    for key in (*UPPER, *LOWER):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        narrowed = after is not None and (before is None or (after < before if key in UPPER else after > before))
        if narrowed and place.old_data_is_read:
            yield Finding(place.where, f"{key} was narrowed from {before} to {after}")
        if not narrowed and place.new_data_is_read:
            yield Finding(place.where, f"{key} was widened from {before} to {after}, which older readers refuse")


def _wordings(place: Place, old: Schema, new: Schema) -> Iterator[Finding]:
    for key in ("pattern", "format"):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if (after is not None and place.old_data_is_read) or (before is not None and place.new_data_is_read):
            yield Finding(place.where, f"{key} changed from {before} to {after}")
    if place.old_data_is_read and "default" in old and "default" in new and old["default"] != new["default"]:
        yield Finding(place.where, "the default changed, and with it what an absent field means")


def _properties(place: Place, old: Schema, new: Schema) -> Iterator[Finding]:
    before, after = old.get("properties", {}), new.get("properties", {})
    demanded_before, demanded_now = set(old.get("required", ())), set(new.get("required", ()))
    for name in before:
        if name not in after:
            yield Finding(place.where, f"the field {name} was removed")
            continue
        if name in demanded_now - demanded_before and place.old_data_is_read:
            yield Finding(place.where, f"the field {name} became required")
        if name in demanded_before - demanded_now and place.new_data_is_read:
            yield Finding(place.where, f"the field {name} became optional, which older readers demand")
        yield from _compare(place.inside(name), before[name], after[name])
    for name in sorted((demanded_now & set(after)) - set(before)):
        if place.old_data_is_read:
            yield Finding(place.where, f"the new field {name} is required")


def _variants(place: Place, old: Schema, new: Schema) -> Iterator[Finding]:
    before, after = _tagged(old), _tagged(new)
    if old.get("discriminator", {}).get("propertyName") != new.get("discriminator", {}).get("propertyName"):
        yield Finding(place.where, "another field tells the variants apart")
        return
    for tag, variant in before.items():
        if tag in after:
            yield from _compare(place.inside(tag), variant, after[tag])
        elif place.old_data_is_read:
            yield Finding(place.where, f"the variant {tag} was removed")
    for tag in after.keys() - before.keys():
        if place.audience == "both":
            yield Finding(place.where, f"the variant {tag} was added, which older readers refuse")


def _tagged(schema: Schema) -> dict[str, Schema]:
    mapping = schema.get("discriminator", {}).get("mapping", {})
    return {tag: {"$ref": reference} for tag, reference in mapping.items()}
