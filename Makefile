# The two that matter. Every longer recipe lives where it belongs: setup/ and tests/.
.PHONY: run test smoke bench accuracy ui models
PHOTOS ?=

run: ## opens the desk; PHOTOS=dir fills its queue from a folder of JPEG or PNG files
	@setup/run "$(PHOTOS)"

test: ## everything, on a fresh machine
	@tests/all

smoke: ## the main job through the real window; PHOTOS=dir on a folder of photos
	@PHOTOS="$(PHOTOS)" tests/smoke

bench: ## the figures of the README
	@tests/bench/run

accuracy: ## how right the analyzer is, on 3,000 rendered sitters; writes the tables into its README
	@src-tauri/crates/analyzer/models/fetch
	@cargo run --quiet -p accuracy -- --write

ui: ## installs and builds the front end
	@setup/ui

models: ## fetches and checks the analyzer's graphs
	@src-tauri/crates/analyzer/models/fetch
