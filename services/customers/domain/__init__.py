"""The rules of customer cards, without I/O."""
