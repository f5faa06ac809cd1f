"""Customer cards, and whose an e-mail address is."""
