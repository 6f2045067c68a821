"""The archive: documents, cards and drafts (SQL), passages (Chroma and BM25), hybrid search."""
