"""Everything that starts Dymek somewhere: the local runner, the demo, broker and database settings."""
