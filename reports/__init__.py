"""Documents on paper: one package per document (context, template, style)."""
