"""What a length of time counts from: where no word of the grammar's says it, the model weighs the
sentence and the document's own anchor (README of the reading set, "What a limit counts from")."""
