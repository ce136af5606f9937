"""Keeps one workspace's server on one machine, without a container engine.

``main`` is two processes: the guard, which the service knows by its pid, and its child, the
keeper, which makes the home and the Python overlay, starts JupyterLab and waits for it. Each of
the two cleans up below it when the other is killed, so that one ``kill -9``, whomever it hits,
leaves no kernel behind; both hold the lock, so that nothing new starts before that is done.

Standard library only. Linux does all of it; elsewhere the server's process group is all that
can be ended, and ``server.json`` says so.
"""
