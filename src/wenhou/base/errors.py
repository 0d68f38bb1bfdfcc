"""Errors a person can act on: what happened, why it matters, what to do; never personal data."""


class WenhouError(Exception):
    """One clear Chinese sentence for the reader. Front rooms show it as it is; commands exit with `code`."""

    code = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(WenhouError):
    """The person signed in may not do this; the sentence says why."""


class Refused(WenhouError):
    """The input or the state does not permit the act; nothing was written."""


class TooMany(WenhouError):
    """More requests than somebody may send; `seconds` until the next may be."""

    def __init__(self, who: str, seconds: int) -> None:
        super().__init__(f"{who}的请求太多，没有处理；请{seconds}秒后再试。")
        self.seconds = seconds
