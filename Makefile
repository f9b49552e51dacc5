# The words people type. Everything is installed into .venv (training into .venv-train).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Training needs torch, which a bot operator never installs; it gets an environment of its own.
TRAIN_VENV := .venv-train
DATA ?= ../shared/data

# Where something has told Python not to keep what it compiles, every program that a test starts
# would compile it all again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: install play run review test test-million check format pictures bench train test-training evaluate fuzz audit lock clean soak

install: $(VENV)/.bot

play: $(VENV)/.bot
	@$(BIN)/whosays play

run: $(VENV)/.bot
	@$(BIN)/whosays run

review: $(VENV)/.review
	@$(BIN)/whosays review

test: check
	$(BIN)/pytest -n auto

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(VENV)/.dev
	$(BIN)/python -m tests.pictures
	$(BIN)/python -m tests.pictures_review

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench $(if $(LOG),--log $(LOG))

# What takes longer than the suite may: kills, load, faults. The figures come again at the end.
FIGURES ?= figures.jsonl
soak: $(VENV)/.dev
	@rm -f $(FIGURES)
	FIGURES=$(abspath $(FIGURES)) $(BIN)/pytest tests/soak -v -s; status=$$?; \
	test ! -f $(FIGURES) || cat $(FIGURES); exit $$status

evaluate: $(VENV)/.bot
	$(BIN)/whosays evaluate $(if $(wildcard $(DATA)),--data $(DATA))

# First on the project's own rows, then, where their folder is, on public sets too. Cut short, it
# goes on after its last whole epoch when it is started again.
TRAINING := $(TRAIN_VENV)/bin/python -m bot.training
OWN := $(TRAIN_VENV)/own
train: $(TRAIN_VENV)/.train
ifneq ($(wildcard $(DATA)),)
	$(TRAINING) --checkpoint $(OWN).pt --out $(OWN)
	$(TRAINING) --checkpoint $(TRAIN_VENV)/all.pt --start $(OWN).0.pt --data $(DATA) --beside "own rows only=$(OWN)"
else
	$(TRAINING) --checkpoint $(OWN).pt
endif

# The tests of review, stats and export on a million answers, where `make test` has a tenth of them.
test-million: $(VENV)/.dev
	ANSWERS=1000000 $(BIN)/pytest tests/operate/review/test_million.py tests/operate/test_long_log.py --durations=8

# What `make test` leaves out, since it needs torch.
test-training: $(TRAIN_VENV)/.dev
	$(TRAIN_VENV)/bin/pytest tests/training/test_torch.py tests/training/test_torch_guide.py

# Coverage-guided fuzzing, for so many seconds a parser: `make fuzz SECONDS=600`. On another system
# than Linux there is no fuzzer, which is said.
SECONDS ?= 60
fuzz: $(VENV)/.fuzz
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

# The locks against published advisories, in an environment of its own. Without the network it says
# that nothing was audited; `AUDIT=strict make audit` fails then.
AUDIT_VENV := .venv-audit
audit: $(AUDIT_VENV)/.audit
	@$(AUDIT_VENV)/bin/python -m tests.abuse.audit

# pip refuses what the lock does not name by hash; the project itself is installed without
# dependencies or build isolation, so nothing comes from anywhere else.
$(VENV)/.bot: requirements/bot.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the bot needs into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bot.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.review: requirements/review.lock $(VENV)/.bot
	@echo "Installing what reviewing the score log needs into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/review.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.bot
	@echo "Installing the development tools into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.fuzz: requirements/fuzz.lock $(VENV)/.dev
	@echo "Installing the fuzzer into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.lock
	@touch $@

$(AUDIT_VENV)/.audit: requirements/audit.lock
	@test -x $(AUDIT_VENV)/bin/python || $(PYTHON) -m venv $(AUDIT_VENV)
	@echo "Installing pip-audit into $(AUDIT_VENV) (once) ..."
	@$(AUDIT_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.lock
	@touch $@

$(TRAIN_VENV)/.train: requirements/train.lock pyproject.toml
	@test -x $(TRAIN_VENV)/bin/python || $(PYTHON) -m venv $(TRAIN_VENV)
	@echo "Installing what training needs into $(TRAIN_VENV) (once, with torch) ..."
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/train.lock
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(TRAIN_VENV)/.dev: requirements/dev.lock $(TRAIN_VENV)/.train
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

# Locks are universal (Python 3.11 and later, any platform) and name no index.
LOCKED := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
LOCK := uv pip compile pyproject.toml $(LOCKED)
lock:
	$(LOCK) requirements/build.in --output-file requirements/bot.lock
	$(LOCK) requirements/build.in --extra review --constraint requirements/bot.lock --output-file requirements/review.lock
	$(LOCK) requirements/build.in --extra review --extra dev --constraint requirements/bot.lock --constraint requirements/review.lock --output-file requirements/dev.lock
	$(LOCK) requirements/build.in --extra review --extra dev --extra fuzz --constraint requirements/dev.lock --output-file requirements/fuzz.lock
	echo 'pip-audit>=2.9,<3' | uv pip compile - $(LOCKED) --output-file requirements/audit.lock
	$(LOCK) requirements/build.in --extra train --constraint requirements/bot.lock --output-file requirements/train.lock

clean:
	rm -rf $(VENV) $(TRAIN_VENV) $(AUDIT_VENV)
