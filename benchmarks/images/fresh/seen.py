"""A photo seen otherwise: cut, aslant, off a screen, in other colours, saved badly."""

from io import BytesIO

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from benchmarks.images.edits import Photo, Task
from benchmarks.images.fresh.edit import Colour, edit, saved


@edit
def saved_six_times(photo: Photo, task: Task) -> bytes:
    """From app to app: six saves, each a little smaller and of another quality, at last at 35."""
    data = saved(photo, 80)
    for quality in (70, 60, 75, 50, 35):
        photo = Image.open(BytesIO(data)).convert("RGB")
        size = (round(photo.width * 0.93), round(photo.height * 0.93))
        data = saved(photo.resize(size, Image.Resampling.BILINEAR), quality)
    return data


@edit
def app_filter(photo: Photo, task: Task) -> Photo:
    """Faded blacks, warm lights, cold shadows, as an app's filters do."""
    pixels = np.asarray(photo.convert("RGB"), np.float32) / 255
    light = pixels.mean(axis=2, keepdims=True)
    warm, cold = np.array([1.0, 0.86, 0.62]), np.array([0.45, 0.6, 0.85])
    toned = 0.12 + 0.8 * pixels ** float(task.random.uniform(0.75, 1.3))
    toned = toned * 0.72 + 0.28 * (light * warm + (1 - light) * cold * 0.6)
    return Image.fromarray((np.clip(toned, 0, 1) * 255).astype(np.uint8))


@edit
def square_crop(photo: Photo, task: Task) -> Photo:
    """The middle of it, square, and nearer by a tenth."""
    return ImageOps.fit(photo, (420, 420), bleed=0.05)


@edit
def four_by_five(photo: Photo, task: Task) -> Photo:
    """Four fifths of the larger side, from one end, at four to five."""
    width, height = photo.width * 0.8, min(photo.height * 0.8, photo.width)
    x, y = photo.width * 0.2 * task.random.integers(0, 2), (photo.height - height) * task.random.integers(0, 2)
    return photo.crop((round(x), round(y), round(x + width), round(y + height)))


@edit
def straightened(photo: Photo, task: Task) -> Photo:
    """Turned by three to nine degrees, and cut so that no corner is empty."""
    by = float(task.random.uniform(3, 9)) * int(task.random.choice([-1, 1]))
    turned = photo.rotate(by, Image.Resampling.BICUBIC)
    lost = 0.5 * abs(np.sin(np.radians(by))) * max(photo.size)
    return turned.crop((round(lost), round(lost), round(photo.width - lost), round(photo.height - lost)))


@edit
def held_before_a_screen(photo: Photo, task: Task) -> Photo:
    """A monitor's rows seen by another grid of pixels, a reflection, the edge of the monitor, a hand not still."""
    seen = _laid(photo, task, 0.09, (12, 12, 14), margin=0.08)
    pixels = np.asarray(seen, np.float32)
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    beat = float(task.random.uniform(0.11, 0.24))
    rows = 1 + 0.1 * np.sin(beat * y + 0.03 * x)[:, :, None] * np.array([1, -0.5, 0.8])
    spot = np.exp(-(((x - width * 0.3) / (0.3 * width)) ** 2 + ((y - height * 0.25) / (0.25 * height)) ** 2))
    shown = pixels * rows * np.array([0.92, 0.98, 1.1]) + 60 * spot[:, :, None]
    shown += task.random.normal(0, 7, shown.shape)
    return Image.fromarray(np.clip(shown, 0, 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(1))


@edit
def printed_on_a_desk(photo: Photo, task: Task) -> Photo:
    """A print lying on wood, seen from the side, with a shadow over a corner."""
    height, width = round(photo.height * 1.4), round(photo.width * 1.4)
    y, x = np.mgrid[:height, :width]
    grain = 20 * np.sin(y / 9 + 2 * np.sin(x / 70)) + task.random.normal(0, 6, (height, width))
    wood = np.clip(np.array([150, 111, 70]) + grain[:, :, None], 0, 255).astype(np.uint8)
    corners = _corners(photo.width, photo.height)
    inward = task.random.uniform(0.12, 0.26, (4, 2)) * (width, height) * [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    matrix = cv2.getPerspectiveTransform(corners, (_corners(width, height) + inward).astype(np.float32))
    made = np.asarray(photo.convert("RGB"))
    moved = cv2.warpPerspective(made, matrix, (width, height))
    mask = cv2.warpPerspective(np.full(made.shape[:2], 255, np.uint8), matrix, (width, height))
    desk = (
        np.where(mask[:, :, None] > 127, moved, wood)
        * np.clip(1.15 - (x + y) / (width + height) * 0.5, 0, 1)[:, :, None]
    )
    return Image.fromarray(np.clip(desk, 0, 255).astype(np.uint8))


@edit
def denoised(photo: Photo, task: Task) -> Photo:
    """As smooth as a beauty filter makes it."""
    smooth = cv2.bilateralFilter(np.asarray(photo.convert("RGB")), 13, 70, 9)
    return Image.fromarray(cv2.medianBlur(smooth, 5))


@edit
def sharpened(photo: Photo, task: Task) -> Photo:
    """Too sharp, twice."""
    for _ in range(2):
        photo = photo.filter(ImageFilter.UnsharpMask(3, 180, 1))
    return photo


@edit
def high_range(photo: Photo, task: Task) -> Photo:
    """Lights and shadows evened out place by place, colours strong."""
    lab = cv2.cvtColor(np.asarray(photo.convert("RGB")), cv2.COLOR_RGB2LAB)
    lab[:, :, 0] = cv2.createCLAHE(5.0, (6, 6)).apply(lab[:, :, 0])
    return ImageEnhance.Color(Image.fromarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB))).enhance(1.7)


@edit
def vignette(photo: Photo, task: Task) -> Photo:
    """Dark to its corners."""
    y, x = np.mgrid[-1 : 1 : photo.height * 1j, -1 : 1 : photo.width * 1j]
    dark = np.clip(1.15 - 0.62 * (x**2 + y**2), 0.1, 1)[:, :, None]
    return Image.fromarray((np.asarray(photo.convert("RGB")) * dark).astype(np.uint8))


@edit
def sepia(photo: Photo, task: Task) -> Photo:
    """Brown, paler, with the grain of old paper."""
    gray = np.asarray(ImageOps.autocontrast(photo.convert("L")), np.float32)[:, :, None]
    brown = gray * np.array([0.95, 0.78, 0.57]) * 0.8 + 38 + task.random.normal(0, 9, (*gray.shape[:2], 1))
    return Image.fromarray(np.clip(brown, 0, 255).astype(np.uint8))


@edit
def blurred_around(photo: Photo, task: Task) -> Photo:
    """The middle sharp, what is around it blurred, as a phone's portrait."""
    mask = Image.new("L", photo.size, 0)
    inset = (photo.width * 0.18, photo.height * 0.15, photo.width * 0.82, photo.height * 0.85)
    ImageDraw.Draw(mask).ellipse(inset, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(photo.width / 25))
    return Image.composite(photo, photo.filter(ImageFilter.GaussianBlur(photo.width / 45)), mask)


@edit
def in_the_dark(photo: Photo, task: Task) -> Photo:
    """Dark, and with the noise of a small sensor."""
    pixels = np.asarray(photo.convert("RGB"), np.float32) * 0.45
    return Image.fromarray(np.clip(pixels + task.random.normal(8, 14, pixels.shape), 0, 255).astype(np.uint8))


@edit
def thumbnail_enlarged(photo: Photo, task: Task) -> Photo:
    """Saved at 110 pixels, and made large again."""
    small = Image.open(BytesIO(saved(ImageOps.contain(photo, (110, 110)), 70)))
    return small.resize(photo.size, Image.Resampling.BICUBIC)


@edit
def few_colours(photo: Photo, task: Task) -> Photo:
    """Four steps of each colour."""
    return ImageOps.posterize(photo.convert("RGB"), 2)


def _corners(width: int, height: int) -> np.ndarray:
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)


def _laid(photo: Photo, task: Task, by: float, ground: Colour, margin: float) -> Photo:
    """Seen aslant, with so much of the ground around."""
    edge = round(margin * photo.width)
    framed = ImageOps.expand(photo.convert("RGB"), edge, ground)
    corners = _corners(*framed.size)
    inward = task.random.uniform(0, by, (4, 2)) * framed.size * [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    matrix = cv2.getPerspectiveTransform(corners, (corners + inward).astype(np.float32))
    return Image.fromarray(cv2.warpPerspective(np.asarray(framed), matrix, framed.size, borderValue=ground))
