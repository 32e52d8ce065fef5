"""What is evaluated, kept and read in each kind of space: VIEWS. No torch: a trainer takes and gives numpy arrays.

To add a kind of space is a module that fills in a View, an entry here, and its renderer in static/stage.
"""

from wgan_demo.gan.spaces import images, line, plane
from wgan_demo.gan.spaces.view import View

VIEWS: dict[str, View] = {
    "line": line.VIEW,
    "plane": plane.VIEW,
    "images": images.VIEW,
}
