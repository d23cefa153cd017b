"""The project: settings, addresses, and what all apps share."""

import os

# Several threads a request would wait for each other on a machine that serves several requests; to be set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
