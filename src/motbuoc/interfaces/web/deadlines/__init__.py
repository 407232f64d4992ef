"""Pages of the working calendar and of deadlines: explain, try, correct, recalculate."""
