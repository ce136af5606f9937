"""What `run` is made of: processes, the proxies under test, the loads on them, and the report."""
