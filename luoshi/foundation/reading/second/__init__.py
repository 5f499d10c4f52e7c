"""A second look at a drafted sentence, by models learned from labelled ones: who is named, and what
a length of time counts from. What the grammar says counts beside them."""
