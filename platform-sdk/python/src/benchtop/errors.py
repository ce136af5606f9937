"""The one error of the SDK."""

from __future__ import annotations


class BenchtopError(Exception):
    """Something could not be done.

    Attributes:
        code: for programs; either the service's, or one of the SDK's own: ``not_in_workspace``,
            ``service_unreachable``, ``unexpected_answer``, ``bad_duration``, ``reason_missing``.
        message: for people: what, which, and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]"

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the sentence, not the way through our code."""
        return [f"BenchtopError: {self}"]
