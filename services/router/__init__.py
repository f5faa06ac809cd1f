"""Conversations: their lifecycle and log, agents' presence and capacity, and who is offered which one."""
