"""The only public door: HTTP and WebSocket, agent accounts and sessions, widgets, visitor tokens."""
