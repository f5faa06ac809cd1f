"""The microservice chassis: what every service stands on, and which knows nothing of chats.

Settings, database, broker, outbox, inbox, deadlines, internal HTTP, health, logs, metrics and traces. Invariants it
keeps for the services above it:

- what is committed is published, in order, at least once (outbox and relay);
- what is consumed is handled at least once, and once in effect where the handler asks `first_time` (inbox);
- what fails for good is kept in the dead letters, never dropped;
- no payload reaches a log.
"""
