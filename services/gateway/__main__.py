"""`python -m services.gateway` runs the gateway."""

from services.chassis.run import main

if __name__ == "__main__":
    main("gateway")
