"""What a person is told when the environment cannot be prepared."""

from __future__ import annotations

import errno


class PrepareFailed(Exception):
    """The environment cannot be prepared; the message says what, which, and what to do."""


def explain(output: str, doing: str) -> PrepareFailed:
    """Turns the output of an installer that failed into a sentence.

    Args:
        output: what it wrote.
        doing: what it was doing, for example ``installing the packages``.
    """
    low = output.lower()
    last = _last_line(output)
    if "no space left on device" in low or "disk quota exceeded" in low:
        return PrepareFailed(f"The disk became full while {doing}. Free about 600 MB and run this again.")
    if "do not match the hashes" in low or "hash mismatch" in low:
        return PrepareFailed(
            f"The package index sent something else than what is pinned, while {doing}; nothing of it "
            f"was used. Ask whoever runs the index, or use another one. It said: {last}"
        )
    if any(sign in low for sign in _UNREACHABLE):
        return PrepareFailed(
            f"The Python package index could not be reached while {doing}. Check the network and the proxy "
            f"settings (HTTPS_PROXY); for a mirror: pip config set global.index-url URL. It said: {last}"
        )
    return PrepareFailed(f"Failed while {doing}. The installer said: {last}")


def explain_error(error: OSError) -> PrepareFailed:
    """Turns an error of the file system into a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PrepareFailed("The disk is full. Free about 600 MB and run this again.")
    return PrepareFailed(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")


_UNREACHABLE = (
    "failed to fetch",
    "error sending request",
    "dns error",
    "connection refused",
    "could not connect",
    "failed to establish a new connection",
    "newconnectionerror",
    "connection broken",
    "max retries exceeded",
    "temporary failure in name resolution",
    "network is unreachable",
    "timed out",
    "could not find a version",
    "no matching distribution",
)


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "nothing"
