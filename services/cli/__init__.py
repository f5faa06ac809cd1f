"""`dymek`: the operator's command line. Talks to the broker and to the services' HTTP, never to a database."""
