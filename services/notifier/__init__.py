"""Tells those who should know what has happened."""
