// Command gpx_fairunderwriting_cube is the backend of the Cube data source.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"

	"github.com/fairunderwriting/analytics-app/pkg/plugin"
)

func main() {
	if err := datasource.Manage(plugin.ID, plugin.New, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error("The Cube data source stopped", "error", err.Error())
		os.Exit(1)
	}
}
