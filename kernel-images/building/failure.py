"""What a person is told when an image cannot be built."""

from __future__ import annotations


class BuildFailed(Exception):
    """An image cannot be built or pushed; the message says what, which, and what to do."""
