"""Tickets and ratings."""
