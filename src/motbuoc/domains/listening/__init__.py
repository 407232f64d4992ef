"""What people say: it is taken in, screened, grouped into themes and answered; themes from texts only."""
