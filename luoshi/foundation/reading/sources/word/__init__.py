"""DOCX: the body in its order, numbers that Word computes, tables, text boxes, footnotes."""
