# Thin names for what Maven and ./snug do; `make help` lists them.
MVN := mvn -B
MODELS_HOME := $(CURDIR)/target/models-home

.PHONY: help build quick check test-models test-clients bench golden format

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

build: ## the command without its tests
	$(MVN) -q -Dmaven.test.skip=true package

quick: ## unit tests only
	$(MVN) -q test

check: ## everything CI checks, real model left out
	$(MVN) verify

test-models: ## pulls sklesion through pip and checks it against TensorFlow's answers
	SNUG_HOME=$(MODELS_HOME) ./snug pull sklesion --yes
	$(MVN) -pl cli -am verify -Dgroups=models -DexcludedGroups= -Dsnug.models=$(MODELS_HOME) \
	    -Dsurefire.failIfNoSpecifiedTests=false

test-clients: build ## asks a server with OpenAI's own Python client
	server/src/test/clients/openai/run

bench: ## the published numbers, on this machine: bench/results/
	bench/run

golden: ## makes the reference data anew (Python, pinned versions)
	onnx/src/test/golden/make
	vision/src/test/golden/make

format: ## formats every Java file
	bench/format
