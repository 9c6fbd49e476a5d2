//go:build mage

// The targets that plugins of Grafana share: "mage -l" lists them. Releases are built by scripts/build-backend.mjs, whose
// bytes follow from the commit alone.
package main

import (
	// mage:import
	build "github.com/grafana/grafana-plugin-sdk-go/build"
)

// Default builds the backend for every platform.
var Default = build.BuildAll
