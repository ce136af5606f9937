"""Models behind an address: endpoints, how a version comes to serve, and asking one for its answers.

Imported when it is first used. Asking for answers needs numpy.
"""
