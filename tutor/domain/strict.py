"""How the domain's types are read from files: a key that is not known is a mistake."""

#: pydantic reads this plain mapping, so that the domain need not import it.
STRICT = {"extra": "forbid"}
