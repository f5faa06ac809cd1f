"""The mail catcher of a local run: takes every mail, sends none on, and shows them on a page."""
