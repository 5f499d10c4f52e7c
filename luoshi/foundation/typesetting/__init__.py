"""GB/T 9704 papers by typst: pure, no Django. Entry point: `rendering.render`."""
