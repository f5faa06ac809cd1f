"""The rules of tickets and ratings, without I/O."""
