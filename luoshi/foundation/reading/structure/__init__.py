"""What a text is made of: documents, sections, sentences, rows of tables; its spelling."""
