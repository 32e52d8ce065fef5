"""How a file becomes a table: bytes to text (decode), text to rows of cells (layout), cells to numbers (cells)."""
