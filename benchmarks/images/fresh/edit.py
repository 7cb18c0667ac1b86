"""The list of all edits of this part, and what they share."""

from collections.abc import Callable
from io import BytesIO
from typing import TypeVar

from PIL import ImageDraw, ImageFont

from benchmarks.images.edits import Edit, Photo, Task

#: Every edit by its name, in the order of the table.
EDITS: dict[str, Edit] = {}

Made = TypeVar("Made", Photo, bytes)
Colour = tuple[int, int, int]


def edit(make: Callable[[Photo, Task], Made]) -> Callable[[Photo, Task], Made]:
    def run(photo: Photo, task: Task) -> bytes:
        made = make(photo, task)
        return made if isinstance(made, bytes) else saved(made, int(task.random.integers(60, 93)))

    EDITS[make.__name__] = run
    return make


def saved(photo: Photo, quality: int) -> bytes:
    into = BytesIO()
    photo.convert("RGB").save(into, "JPEG", quality=quality, subsampling=2, optimize=True)
    return into.getvalue()


def font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(max(9, round(size)))


def any_colour(task: Task) -> Colour:
    red, green, blue = (int(c) for c in task.random.integers(20, 236, 3))
    return red, green, blue


def put_faces(photo: Photo, task: Task, count: int, share: float) -> Photo:
    draw, side = ImageDraw.Draw(photo), photo.width * share
    for _ in range(count):
        x = float(task.random.uniform(0, photo.width - side))
        y = float(task.random.uniform(0, photo.height - side))
        draw.ellipse((x, y, x + side, y + side), fill=(255, 204, 50), outline=(120, 80, 0), width=2)
        for eye in (0.3, 0.6):
            draw.ellipse((x + eye * side, y + 0.3 * side, x + (eye + 0.12) * side, y + 0.45 * side), fill="black")
        draw.arc((x + 0.25 * side, y + 0.35 * side, x + 0.75 * side, y + 0.8 * side), 20, 160, "black", 3)
    return photo
