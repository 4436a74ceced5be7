"""Lao script: one encoding for storage, a form for comparing, one for searching, order, dates and line breaks.

encode     the same visible text as one sequence of characters; what the store keeps
canonical  also joins spellings of one letter (ຫລ and ຫຼ); for comparing only, it changes what is printed
fold       tones dropped, confusable letters joined; for searching only
romanise   Latin letters, by BGN/PCGN or as passports spell; a proposal
sound      one coarse key for a Lao name and its Latin spellings; for searching only
"""
