"""`python -m services.customers` runs the customers service."""

from services.chassis.run import main

if __name__ == "__main__":
    main("customers")
