"""Run by IPython when a Python kernel starts: the SDK is there as ``bt``. Never breaks a kernel."""

try:
    import benchtop as bt  # noqa: F401
except Exception:  # noqa: BLE001,S110  - a notebook without the SDK is still a notebook
    pass
