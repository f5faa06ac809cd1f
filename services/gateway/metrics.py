"""What the gateway counts beside the chassis' numbers."""

from typing import Final

from prometheus_client import Counter, Gauge

SOCKETS: Final = Gauge("dymek_gateway_sockets", "Open sockets that were welcomed", ["face"])
FRAMES: Final = Counter("dymek_gateway_frames_total", "Frames taken from sockets", ["face", "type"])
REFUSALS: Final = Counter("dymek_gateway_refusals_total", "Refusals sent to sockets", ["face", "code"])
CLOSED: Final = Counter("dymek_gateway_sockets_closed_total", "Sockets closed, or not let in, by us", ["reason"])
