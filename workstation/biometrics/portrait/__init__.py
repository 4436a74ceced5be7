"""The portrait: found, measured requirement by requirement, cropped to the card, encoded. Pure: pixels and facts.

detect -> examine (measures, limits) -> crop -> encode
"""
