"""What it means for an agent that their last console has gone, and that one has come back.

A disconnected agent is offered nothing new at once, keeps what they are being asked about for a while and their
conversations for a while longer; who comes back in time has lost nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from contracts.parameters import RoutingSettings
from contracts.refusals import Refusal, RefusalCode
from services.router.domain.agent import Agent, set_status

FENCED_SECONDS: Final = 1.0
"""In which the word of a console that is back has come."""


def seen(agent: Agent, *, console: bool, at: datetime) -> Agent:
    """The agent with or without a console since `at`; of several ends the one that is known stands."""
    if console:
        return replace(agent, connected=True, away_since=None)
    return replace(agent, connected=False, away_since=at if agent.connected else agent.away_since)


def lost_at(agent: Agent, seconds: int) -> datetime | None:
    """When the agent has been away for so long; None while a console is open, or where none ever was."""
    if agent.connected or agent.away_since is None:
        return None
    return agent.away_since + timedelta(seconds=seconds)


def fenced(agent: Agent, settings: RoutingSettings, now: datetime) -> Refusal | None:
    """Why an agent who has lost their conversations may not begin anew with one; None for everybody else.

    What they ask for was asked from a console that is no more, and no timer would take away what they got by it. A
    console that is back is only not known of yet: it may ask again in a moment.
    """
    lost = lost_at(agent, settings.conversations_lost_seconds)
    return Refusal(code=RefusalCode.AWAY, retry_after=FENCED_SECONDS) if lost is not None and lost <= now else None


def signed_off(agent: Agent, now: datetime) -> Agent:
    """The agent is away for good: whoever comes back says themselves that they take conversations again."""
    return set_status(agent, "offline", "", now, "connection_lost")
