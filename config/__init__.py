"""Settings, wiring and logging: the only reader of the environment and the only builder of adapters."""
