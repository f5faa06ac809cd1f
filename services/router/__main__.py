"""`python -m services.router` runs the router."""

from services.chassis.run import main

if __name__ == "__main__":
    main("router")
