"""Publications of an office: journals and books in issues, materials collected, press items."""
