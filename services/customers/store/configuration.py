"""The list of custom fields, and the settings that hold for all customers."""

from contracts.customers import CustomerSettings, FieldDefinition, FieldDefinitions
from services.chassis.database import Connection
from services.customers.store import QUERIES


async def hold_fields(connection: Connection) -> tuple[FieldDefinition, ...]:
    """The fields, which stay as they are until the transaction ends."""
    await connection.execute(QUERIES.hold_fields)
    return tuple(FieldDefinition(**row) for row in await connection.fetch(QUERIES.fields))


async def fields(connection: Connection) -> FieldDefinitions:
    """The list as it is."""
    rows = [dict(row) for row in await connection.fetch(QUERIES.fields_with_version)]
    versions = [row.pop("version") for row in rows]
    return FieldDefinitions(
        version=versions[0], fields=tuple(FieldDefinition(**row) for row in rows if row["id"] is not None)
    )


async def lock_fields(connection: Connection) -> FieldDefinitions:
    """The list, held against other changes and against saves of cards."""
    await connection.execute(QUERIES.lock_fields)
    return await fields(connection)


async def save_fields(connection: Connection, definitions: FieldDefinitions) -> FieldDefinitions:
    """Put this list in the place of the one that is locked; what is not in it goes with its values."""
    await connection.execute(QUERIES.forget_fields, [field.id for field in definitions.fields])
    await connection.executemany(
        QUERIES.save_field,
        [
            (field.id, position, field.label, field.kind, list(field.choices), field.show_in_chat)
            for position, field in enumerate(definitions.fields, start=1)
        ],
    )
    version = await connection.fetchval(QUERIES.count_fields_version)
    return definitions.model_copy(update={"version": version})


async def settings(connection: Connection) -> CustomerSettings:
    """What holds for all customers."""
    return await _settings(connection, QUERIES.settings)


async def lock_settings(connection: Connection) -> CustomerSettings:
    """What holds for all customers, held against other changes."""
    return await _settings(connection, QUERIES.lock_settings)


async def save_settings(connection: Connection, changed: CustomerSettings) -> CustomerSettings:
    """Put these settings in the place of those that are locked."""
    return await _settings(connection, QUERIES.save_settings, changed.create_automatically)


async def _settings(connection: Connection, query: str, *values: object) -> CustomerSettings:
    (row,) = await connection.fetch(query, *values)
    return CustomerSettings(**row)
