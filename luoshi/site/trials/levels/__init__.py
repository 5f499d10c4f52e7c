"""Three levels on one machine: a province, a city and a county as three complete installations."""
