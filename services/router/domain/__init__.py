"""The product's rules of conversations and agents, as pure functions: no I/O, no clock, no chance."""
