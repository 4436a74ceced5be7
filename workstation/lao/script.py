"""The Lao letters and marks by their place in a syllable (The Unicode Standard, chapter 16.2, Lao)."""

VOWELS_BEFORE = (
    "\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"  # ເ ແ ໂ ໃ ໄ, written before the consonant they follow in speech
)
AA = "\u0eb2"
AM = "\u0eb3"
NIGGAHITA = "\u0ecd"
TONES = "\u0ec8\u0ec9\u0eca\u0ecb"

# The order in which the marks of one letter are stored: lower before upper, vowels before tones.
MARK_ORDER = (
    "\u0ebc"  # semivowel sign lo, part of the consonant
    "\u0eba"  # pali virama
    "\u0eb8\u0eb9"  # u, uu
    "\u0eb1\u0eb4\u0eb5\u0eb6\u0eb7\u0ebb"  # mai kan, i, ii, y, yy, mai kon
    "\u0ecd"  # niggahita
    "\u0ec8\u0ec9\u0eca\u0ecb"  # the four tones
    "\u0ecc\u0ece"  # cancellation, yamakkan
)

CONSONANTS = "".join(
    chr(code)
    for first, last in (
        (0x0E81, 0x0E82),
        (0x0E84, 0x0E84),
        (0x0E86, 0x0E8A),
        (0x0E8C, 0x0EA3),
        (0x0EA5, 0x0EA5),
    )
    for code in range(first, last + 1)
) + "".join(
    chr(code) for first, last in ((0x0EA7, 0x0EAE), (0x0EDC, 0x0EDF)) for code in range(first, last + 1)
)


def is_lao(character: str) -> bool:
    """True for one character of the Lao block, U+0E80..U+0EFF."""
    return "\u0e80" <= character <= "\u0eff"
