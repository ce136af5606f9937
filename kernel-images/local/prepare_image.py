"""Makes the environment of an image, while it is built: the same packages and kernels as local mode's.

    python3 prepare_image.py /opt/environment --jdk /opt/jdk     JupyterLab and the kernels
    python3 prepare_image.py /opt/environment --add LOCK         more packages

Nothing of the machine that builds stays: no package index, no certificate, no cache. Benchtop's own
parts are not in it either; they come with the tools image, so that they are those of the platform.
"""

import sys

from preparing.image import main

sys.exit(main(sys.argv[1:]))
