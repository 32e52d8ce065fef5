"""What runs for every visitor. Nothing heavy is imported here: torch and POT would add seconds to the first page."""

import os

from wgan_demo.ui import course

os.environ.setdefault("POT_BACKEND_DISABLE_PYTORCH", "1")  # POT would load torch into the app's process

course.run()
