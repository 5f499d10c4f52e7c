"""The one thing upper rooms must hear at once: units moved, so marks of sight must be renewed.

`tree_changed(units=[ids])`, sent inside the transaction of the import or the merger."""

from django.dispatch import Signal

tree_changed = Signal()
