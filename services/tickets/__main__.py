"""`python -m services.tickets` runs the tickets service."""

from services.chassis.run import main

if __name__ == "__main__":
    main("tickets")
