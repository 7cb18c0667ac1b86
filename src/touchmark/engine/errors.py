"""The one ancestor of every refusal that this project makes on purpose."""


class TouchmarkError(Exception):
    """An anticipated refusal: its text says what happened and what to do, in words a person may read."""
