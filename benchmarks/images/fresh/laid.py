"""Something laid on a photo, or a photo laid on something: pages, stickers, frames, other photos."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from benchmarks.images.edits import Photo, Task
from benchmarks.images.fresh.edit import any_colour, edit, font, put_faces, saved
from benchmarks.images.fresh.seen import app_filter, four_by_five


@edit
def phone_screenshot(photo: Photo, task: Task) -> Photo:
    """A chat on a phone: status bar, names, the photo in a bubble at three quarters of the width, a field."""
    width = 540
    small = ImageOps.contain(photo, (width * 3 // 4, 2000))
    page = Image.new("RGB", (width, max(960, small.height + 260)), (236, 229, 221))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, width, 90), fill=(7, 94, 84))
    draw.text((70, 45), "Best bags wholesale", "white", font(22))
    draw.text((12, 8), "21:47                     LTE  63 %", "white", font(15))
    draw.rounded_rectangle((14, 110, 34 + small.width, 150 + small.height), 14, fill="white")
    page.paste(small, (24, 120))
    draw.text((30, 124 + small.height), "this one? 35 usd", "black", font(17))
    draw.rounded_rectangle((10, page.height - 60, width - 80, page.height - 12), 24, fill="white")
    return page


@edit
def story(photo: Photo, task: Task) -> Photo:
    """Nine by sixteen: the photo on two colours that run into each other, with a question and a heart."""
    width, height = 450, 800
    run = np.linspace(0, 1, height)[:, None, None]
    ground = np.array(any_colour(task)) * (1 - run) + np.array(any_colour(task)) * run
    page = Image.fromarray(np.broadcast_to(ground, (height, width, 3)).astype(np.uint8))
    small = ImageOps.contain(photo, (width - 60, height - 250))
    page.paste(small, ((width - small.width) // 2, 130))
    draw = ImageDraw.Draw(page)
    draw.rounded_rectangle((60, 60, width - 60, 105), 16, fill="white")
    draw.text((90, 70), "DM to order <3", "black", font(22))
    return page


@edit
def meme(photo: Photo, task: Task) -> Photo:
    """White letters with a black edge, at its head and its foot."""
    photo, size = photo.copy(), photo.width / 9
    draw = ImageDraw.Draw(photo)
    for words, y in (("WHEN SHE SAYS", 0.02), ("IT IS ORIGINAL", 0.86)):
        draw.text(
            (photo.width * 0.06, photo.height * y), words, "white", font(size), stroke_width=3, stroke_fill="black"
        )
    return photo


@edit
def two_side_by_side(photo: Photo, task: Task) -> Photo:
    """Beside another photo of the same height, with a line between."""
    pair = [ImageOps.contain(one, (4000, 400)) for one in (photo, task.others[0])]
    if task.random.random() < 0.5:
        pair.reverse()
    made = Image.new("RGB", (pair[0].width + pair[1].width + 6, 400), "white")
    made.paste(pair[0], (0, 0))
    made.paste(pair[1], (pair[0].width + 6, 0))
    return made


@edit
def half_and_half(photo: Photo, task: Task) -> Photo:
    """The left or right half of it, the other half of another photo."""
    made = ImageOps.fit(task.others[0], photo.size)
    middle = photo.width // 2
    left = task.random.random() < 0.5
    made.paste(
        photo.crop((0, 0, middle, photo.height) if left else (middle, 0, *photo.size)), (0 if left else middle, 0)
    )
    return made


@edit
def price_banner(photo: Photo, task: Task) -> Photo:
    """A full band over the lowest fifth, and a slanted one over a corner."""
    photo = photo.copy()
    draw, colour = ImageDraw.Draw(photo), any_colour(task)
    draw.rectangle((0, photo.height * 0.8, *photo.size), fill=colour)
    draw.text((photo.width * 0.05, photo.height * 0.83), "NOW 19.99  was 89", "white", font(photo.width / 11))
    corner = photo.width * 0.32
    draw.polygon(((0, corner), (corner, 0), (corner * 1.5, 0), (0, corner * 1.5)), fill=(200, 20, 30))
    return photo


@edit
def tiled_logo(photo: Photo, task: Task) -> Photo:
    """A ring and a bar, in grey, half seen through, every sixth of the width."""
    layer = Image.new("RGBA", photo.size, (0, 0, 0, 0))
    draw, step = ImageDraw.Draw(layer), max(24, photo.width // 6)
    for y in range(0, photo.height, step):
        for x in range((y // step % 2) * step // 2, photo.width, step):
            draw.ellipse((x, y, x + step // 2, y + step // 2), outline=(90, 90, 90, 130), width=3)
            draw.rectangle((x, y + step // 5, x + step // 2, y + step // 3.4), fill=(60, 60, 60, 130))
    return Image.alpha_composite(photo.convert("RGBA"), layer)


@edit
def rounded_corners(photo: Photo, task: Task) -> Photo:
    """A card with round corners and its shadow on a light ground."""
    by = round(photo.width * 0.08)
    page = Image.new("RGB", (photo.width + 2 * by, photo.height + 2 * by), (243, 244, 246))
    shadow = Image.new("L", page.size, 0)
    ImageDraw.Draw(shadow).rounded_rectangle((by, by + 6, by + photo.width, by + 6 + photo.height), by, fill=110)
    page.paste((60, 60, 60), mask=shadow.filter(ImageFilter.GaussianBlur(8)))
    mask = Image.new("L", photo.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, photo.width - 1, photo.height - 1), by, fill=255)
    page.paste(photo, (by, by), mask)
    return page


@edit
def padded_square(photo: Photo, task: Task) -> Photo:
    """Made square by its own blurred copy behind it."""
    side = max(photo.size) * 21 // 20
    page = ImageOps.fit(photo, (side, side)).filter(ImageFilter.GaussianBlur(side / 18))
    page.paste(photo, ((side - photo.width) // 2, (side - photo.height) // 2))
    return page


@edit
def cut_in_nine(photo: Photo, task: Task) -> Photo:
    """Nine tiles with white between, as a profile shows them."""
    width, height, gap = photo.width // 3, photo.height // 3, max(4, photo.width // 40)
    page = Image.new("RGB", (photo.width + 4 * gap, photo.height + 4 * gap), "white")
    for row in range(3):
        for column in range(3):
            x, y = column * width, row * height
            page.paste(photo.crop((x, y, x + width, y + height)), (x + gap * (column + 1), y + gap * (row + 1)))
    return page


@edit
def text_across(photo: Photo, task: Task) -> Photo:
    """A dark, half seen through block over a third of it, with four lines in it."""
    layer = Image.new("RGBA", photo.size, (0, 0, 0, 0))
    draw, top = ImageDraw.Draw(layer), photo.height * float(task.random.uniform(0.2, 0.5))
    draw.rectangle((0, top, photo.width, top + photo.height * 0.33), fill=(10, 10, 10, 170))
    for line, words in enumerate(("PREMIUM QUALITY", "ships from EU", "WhatsApp +00 000", "no returns")):
        draw.text(
            (photo.width * 0.1, top + photo.height * (0.02 + 0.075 * line)), words, "white", font(photo.height / 18)
        )
    return Image.alpha_composite(photo.convert("RGBA"), layer)


@edit
def mirrored_with_stickers(photo: Photo, task: Task) -> Photo:
    """Left and right changed, three faces on it."""
    return put_faces(ImageOps.mirror(photo), task, 3, 0.16)


@edit
def faces(photo: Photo, task: Task) -> Photo:
    """Six faces on it."""
    return put_faces(photo.copy(), task, 6, 0.14)


@edit
def reposted(photo: Photo, task: Task) -> bytes:
    """What one finds in the end: cropped, warmer, a sticker, a bar of text below, saved small."""
    made = put_faces(app_filter(four_by_five(photo, task), task), task, 1, 0.15)
    page = Image.new("RGB", (made.width, round(made.height * 1.15)), any_colour(task))
    page.paste(made, (0, 0))
    ImageDraw.Draw(page).text((12, made.height * 1.04), "link in bio", "white", font(made.height / 18))
    return saved(page.resize((round(page.width * 0.7), round(page.height * 0.7))), 55)
