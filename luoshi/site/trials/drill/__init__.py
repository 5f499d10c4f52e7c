"""The exchange under faults: three installations of real processes, killed, cut off and confused
while envelopes flow; a witness outside counts what came of what was accepted."""
