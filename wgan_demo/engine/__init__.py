"""Who runs a Trainer, where, and for how long.

Pages talk to one `Pool` per process (pool.py). It keeps a `Host` (host.py) in a worker process, or on each worker of a
Dask cluster, and every host trains many jobs in fair turns. What a page sees of a job is a `JobView` (jobs.py).
"""

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.pool import Pool
from wgan_demo.engine.spec import RunSpec

__all__ = ["JobView", "Pool", "RunSpec"]
