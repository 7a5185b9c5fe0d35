"""What programs ask for below `/api`; docs/api.md is its manual, `openapi.json` its contract."""
