"""`python -m services.cli` is `dymek`."""

from services.cli.app import main

if __name__ == "__main__":
    main()
