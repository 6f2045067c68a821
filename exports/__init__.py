"""Cards, results and findings as documents: .docx, .xlsx, .odt, .pdf, .json, .csv. Knows ``cards`` and ``scoring`` only."""
