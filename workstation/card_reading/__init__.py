"""Card reading: a picture of a finished card becomes what stands on it. Pure: pixels in, facts out.

picture -> outline (where the card lies) -> straighten (ID-1, 300 dpi, laid over its model)
        -> symbols (QR, PDF417, Code 128), zone (OCR-B lines), likeness (portrait and texts) -> side reading
"""
