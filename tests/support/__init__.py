"""What tests stand on: servers, fresh databases and virtual hosts, the whole system as processes."""
