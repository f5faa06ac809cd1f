"""Who acts: the gateway names the signed-in agent with each request.

`X-Dymek-Agent` holds the agent's id and `X-Dymek-Agent-Name` their name, URL-encoded, since headers are ASCII.
"""

from typing import Annotated
from urllib.parse import unquote
from uuid import UUID

from fastapi import Header, HTTPException, status
from pydantic import ValidationError

from contracts.base import NamedRef


async def acting_agent(
    x_dymek_agent: Annotated[UUID, Header()], x_dymek_agent_name: Annotated[str, Header(min_length=1)]
) -> NamedRef:
    """The agent who acts; answers 422 where none is named."""
    try:
        return NamedRef(id=x_dymek_agent, name=unquote(x_dymek_agent_name, errors="strict"))
    except (ValidationError, UnicodeDecodeError):
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "X-Dymek-Agent-Name: is no name") from None
