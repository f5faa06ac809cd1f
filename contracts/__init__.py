"""Versioned messages: all that Dymek's services know of one another.

Imports the standard library and pydantic only. Within a major version a model only gains optional
fields; anything else is a new message type published beside the old one (docs/protocol.md).
"""
