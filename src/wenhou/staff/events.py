from dataclasses import dataclass


@dataclass(frozen=True)
class PostsEnded:
    """Posts of an account were taken back, or it was closed: what was in hand there goes back."""

    account: int
