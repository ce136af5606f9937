"""Benchtop beside what one would use without it, on one machine, in alternating rounds."""
