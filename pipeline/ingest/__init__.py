"""Files of any sort to texts: what they are is found by their content, and read within limits of size, time and memory.

`extract` is the way in; it reads HTML, docx and PDF, tables and what LibreOffice converts in a process of its own
(:mod:`pipeline.ingest.sandbox`), so that a file made to do harm costs that file only.
"""

from pipeline.ingest.extraction import Extracted, Source, extract, extract_rows
from pipeline.ingest.limits import Limits

__all__ = ["Extracted", "Limits", "Source", "extract", "extract_rows"]
