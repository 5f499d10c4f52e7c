"""The declared life of lists and summaries."""

from luoshi.supervision.lists.enums import ListState, SummaryState

LIST_MOVES: dict[str, set[str]] = {
    ListState.DRAFTED: {ListState.ISSUED, ListState.CLOSED},
    ListState.ISSUED: {ListState.CLOSED},
    ListState.CLOSED: set(),
}
SUMMARY_MOVES: dict[str, set[str]] = {
    SummaryState.OPEN: {SummaryState.SENT},
    SummaryState.SENT: set(),
}
