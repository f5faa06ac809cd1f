"""Dymek on one machine without containers: installs what is missing, starts private servers, runs the services."""
