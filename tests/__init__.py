"""Tests read as the product's rules. What they stand on is in tests/support; CONTRIBUTING.md says where one belongs."""
