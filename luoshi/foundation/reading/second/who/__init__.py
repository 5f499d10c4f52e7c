"""Who acts and who is told, looked at a second time: a model learned from labelled sentences weighs
what the grammar of `units` read and finds names that no list ends."""
