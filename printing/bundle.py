"""Several papers as one file, page after page, to be printed in one go."""

from collections.abc import Iterable
from io import BytesIO

import pypdfium2


def bundle(papers: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all `papers` in their order. Raises ValueError when there is none.

    PDFium serves one thread at a time: call it in the lane that draws pages.
    """
    whole = pypdfium2.PdfDocument.new()
    try:
        for paper in papers:
            part = pypdfium2.PdfDocument(paper)
            whole.import_pages(part)
            part.close()
        if not len(whole):
            raise ValueError("no paper")
        out = BytesIO()
        whole.save(out)
        return out.getvalue()
    finally:
        whole.close()
