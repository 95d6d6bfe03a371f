# Each target does all of its own set-up on a fresh Debian 12 with Swift 6.3.
.PHONY: demo test build lint setup clean

demo: build
	.build/release/dataenvgym demo

# One optimised build serves the binary and the tests, so that numeric code is tested at its speed.
test: setup lint
	swift build -c release --build-tests
	swift test -c release --skip-build --disable-xctest --no-parallel

build: setup
	swift build -c release

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

setup:
	scripts/setup

clean:
	rm -rf .build
