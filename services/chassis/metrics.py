"""The numbers every service shows at /metrics. Labels are names of the system, never of people."""

from prometheus_client import Counter, Gauge, Histogram

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

PUBLISHED = Counter("dymek_messages_published_total", "Messages given to the broker", ["type", "outcome"])
CONSUMED = Counter("dymek_messages_consumed_total", "Deliveries handled", ["queue", "outcome"])
HANDLING = Histogram("dymek_message_handling_seconds", "Time in a handler", ["queue"], buckets=_FAST)
OUTBOX_LAG = Gauge("dymek_outbox_lag_seconds", "Age of the oldest message committed but not confirmed")
OUTBOX_TABLE_MODE = Gauge("dymek_outbox_table_mode", "1 while the relay reads the table instead of memory")
DEADLINES = Counter("dymek_deadlines_fired_total", "Deadlines handled", ["kind", "outcome"])
DEADLINE_LATENESS = Histogram("dymek_deadline_lateness_seconds", "How late deadlines fired", ["kind"], buckets=_FAST)
TRANSACTION_RETRIES = Counter("dymek_transaction_retries_total", "Transactions done again", ["reason"])
