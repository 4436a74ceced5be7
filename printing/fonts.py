"""The bundled fonts: which files make up a face, what each covers, and how HarfBuzz sees them."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import uharfbuzz

# In order of preference: a later font draws only what the earlier ones lack.
FACES: dict[str, tuple[str, ...]] = {
    "sans": ("NotoSansLao-Regular", "NotoSans-Regular-Latin"),
    "sans-bold": ("NotoSansLao-SemiBold", "NotoSans-SemiBold-Latin"),
    "phetsarath": ("Phetsarath_OT", "NotoSans-Regular-Latin"),
    "ocr-b": ("OCRB-Regular",),
}


@dataclass(frozen=True, eq=False)
class Font:
    """One font file: its bytes, the code points it draws, HarfBuzz's view of it (scaled to units per em)."""

    name: str
    data: bytes
    coverage: frozenset[int]
    units_per_em: int
    harfbuzz: uharfbuzz.Font

    def covers(self, text: str) -> bool:
        """Tell whether every character of `text` has a glyph of its own."""
        return all(ord(character) in self.coverage for character in text)


@cache
def font(name: str) -> Font:
    """Return the bundled font `name`; raises FileNotFoundError when the product lacks it."""
    data = files("resources").joinpath("fonts", f"{name}.ttf").read_bytes()
    face = uharfbuzz.Face(data)
    return Font(name, data, frozenset(face.unicodes), face.upem, uharfbuzz.Font(face))


def face_fonts(face: str) -> tuple[Font, ...]:
    """Return the fonts of `face` in order of preference; raises KeyError for an unknown face."""
    return tuple(font(name) for name in FACES[face])


@cache
def font_sha256(name: str) -> str:
    """Return the hash (hex) of the font file `name`; raises FileNotFoundError."""
    return hashlib.sha256(font(name).data).hexdigest()
