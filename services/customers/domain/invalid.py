"""What a rule says of something that cannot be kept as it was written."""


class Invalid(Exception):
    """`where` names the field, its parts joined by dots (`emails.1`); `said` is what is wrong with it."""

    def __init__(self, where: str, said: str) -> None:
        super().__init__(f"{where}: {said}")
        self.where = where
        self.said = said
