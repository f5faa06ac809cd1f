"""`python -m services.notifier` runs the notifier."""

from services.chassis.run import main

if __name__ == "__main__":
    main("notifier")
