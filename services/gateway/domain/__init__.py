"""Rules of the door, without I/O: limits, origins, addresses, and the bookkeeping of followed streams."""
