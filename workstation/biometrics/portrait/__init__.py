"""The portrait: found, measured requirement by requirement, cropped to the card, encoded. Pure: pixels and facts.

decode -> detect -> examine (one room for each family of requirements; limits) -> crop -> encode
"""
