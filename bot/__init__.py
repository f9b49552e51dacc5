"""Who Says: a Telegram bot that shows passages from the news and asks who says so."""

import os

# From 1.29 on, onnxruntime tells its makers over the network which models are loaded and how they
# run, unless it finds this when it is imported. What an operator sets stands.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
