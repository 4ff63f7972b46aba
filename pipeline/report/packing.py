"""What stands compressed in a page and is unpacked as one looks at it."""

import base64
import zlib

from markupsafe import Markup


def pack(data: bytes) -> Markup:
    """Return `data` deflated (zlib form), in base64."""
    return Markup(base64.b64encode(zlib.compress(data, 9)).decode())
