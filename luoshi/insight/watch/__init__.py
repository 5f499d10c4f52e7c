"""The watch room (值守): who is on duty, what runs, what is due, on one page."""
