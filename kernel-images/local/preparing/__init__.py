"""Preparing the notebook environment; see ``prepare.py``. Standard library only."""
