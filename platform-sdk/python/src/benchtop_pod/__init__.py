"""Runs one workspace's server in a pod, in any image that has ``jupyter_server >= 2``.

``bin/server`` finds the image's Python and ends up in ``main``, which is the container's first
process: it makes the home and the Python overlay, starts JupyterLab with the flags of
``start-line.json``, and waits for it. Where local mode refuses (a full disk, an overlay that cannot
be made) a pod starts all the same, as nobody but its person can put that right: what cannot be kept
in the home is kept for the life of the pod, and the log says so.

    order -> image -> storage -> start line -> first process
    (pure)            (acts)     (pure)        (acts)

A warm server is ordered before it is known whose it will be: its interpreter is started at once and
reads all that takes long (``understudy``), and a claim that comes as a file completes the order.

Limits, the log and the end of everything else are the cluster's. Standard library only.
"""
