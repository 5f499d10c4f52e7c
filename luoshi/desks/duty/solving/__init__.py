"""The roster in whole numbers: pure, no Django. Entry points: `solver.solve`, `proof.prove`."""
