# without bytecode every start compiles all it imports anew
unexport PYTHONDONTWRITEBYTECODE
.PHONY: run run-levels test check bench faults lock messages clean
run: ; @tools/setup_venv.sh requirements.lock && exec .venv/bin/python -m tools.run
run-levels: ; @tools/setup_venv.sh requirements.lock && exec .venv/bin/python -m tools.run_levels
test: ; @tools/setup_venv.sh requirements-dev.lock && .venv/bin/python -m tools.check && .venv/bin/python -m tools.tests
check: ; @tools/setup_venv.sh requirements-dev.lock && .venv/bin/python -m tools.check
bench: ; @tools/setup_venv.sh requirements-dev.lock && .venv/bin/python -m tools.bench $(ARGS)
faults: ; @tools/setup_venv.sh requirements-dev.lock && ROW="$(ROW)" SCALE="$(SCALE)" SEED="$(SEED)" .venv/bin/python -m tools.faults
messages: ; @tools/setup_venv.sh requirements-dev.lock && .venv/bin/python -m tools.messages update
lock: ; @tools/setup_venv.sh requirements-dev.lock && .venv/bin/python -m tools.lock
clean: ; @rm -rf .venv/stamp .mypy_cache .ruff_cache .pytest_cache .import_linter_cache var/screens
