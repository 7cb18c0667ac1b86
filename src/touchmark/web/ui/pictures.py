"""Pictures with boxes drawn over them: a solid line, a filled corner, a dotted line, by the way of the finding."""

from dataclasses import dataclass, field

from touchmark.engine.terms import Way

#: A box of these ways has a filled corner; of those, a dotted line; any other, a solid line alone.
FILLED = frozenset({Way.LOGO, Way.DISGUISED})
DOTTED = frozenset({Way.LOOKALIKE, Way.REFERENTIAL})


@dataclass(frozen=True, slots=True)
class Box:
    """A place in a picture: pixels of the original, after EXIF rotation."""

    x0: int
    y0: int
    x1: int
    y1: int
    way: str
    label: str = ""
    finding: str = ""

    @property
    def width(self) -> int:
        return max(self.x1 - self.x0, 1)

    @property
    def height(self) -> int:
        return max(self.y1 - self.y0, 1)

    @property
    def filled(self) -> bool:
        return self.way in FILLED

    @property
    def dotted(self) -> bool:
        return self.way in DOTTED

    @property
    def corner(self) -> str:
        """The points of the triangle that fills the upper left corner."""
        leg = max(min(self.width, self.height) // 4, 8)
        return f"{self.x0},{self.y0} {self.x0 + leg},{self.y0} {self.x0},{self.y0 + leg}"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image to show: where it is served, its size in pixels, what it shows, and the boxes over it."""

    src: str
    alt: str
    width: int
    height: int
    caption: str = ""
    boxes: tuple[Box, ...] = field(default=())
