"""Building the container images; see ``kernel-images/build``. Standard library only."""
