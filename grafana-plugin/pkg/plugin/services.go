package plugin

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

// service is one of those that the app's pages reach through this data source.
type service struct {
	// path segment under /services.
	path string
	// title for messages.
	title string
	// setting that holds its address; empty for Cube itself, whose address is always there.
	setting string
	// root of its address.
	root func(d *Datasource) string
	// routes are all that may be called: "METHOD path", with the path as the service knows it.
	routes []string
}

var services = []service{
	{
		path: "ml", title: "The churn service", setting: "mlUrl",
		root: func(d *Datasource) string { return d.config.MLURL },
		routes: []string{
			"GET /readyz",
			"GET /v1/features",
			"GET /v1/customers/{id}/churn",
			"GET /v1/customers/{id}/churn/history",
			"POST /v1/scores",
			"POST /v1/what-if",
			"GET /v1/interventions",
			"POST /v1/interventions",
		},
	},
	{
		path: "alerts", title: "The alert service", setting: "alertsUrl",
		root: func(d *Datasource) string { return d.config.AlertsURL },
		routes: []string{
			"GET /readyz",
			"GET /v1/alerts",
			"GET /v1/alerts/{id}",
			"POST /v1/alerts/{id}/acknowledge",
			"POST /v1/alerts/{id}/resolve",
			"POST /v1/alerts/{id}/notes",
		},
	},
	{
		path: "cohorts", title: "The cohort store",
		root: func(d *Datasource) string { return d.config.CubeRoot() + "/fua/cohorts" },
		routes: []string{
			"GET /",
			"POST /",
			"PUT /{id}",
			"DELETE /{id}",
		},
	},
}

// identifier is what may stand for {id}: no separator, no escape, nothing that a path could climb by.
var identifier = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)

// routeServices adds the calls that are passed on. The address of each is built from its route, never from the
// caller's path, so that no path leads anywhere else.
func (d *Datasource) routeServices(mux *http.ServeMux) {
	for _, target := range services {
		for _, route := range target.routes {
			method, path, _ := strings.Cut(route, " ")
			path = strings.TrimSuffix(path, "/")
			mux.HandleFunc(method+" /services/"+target.path+path, func(writer http.ResponseWriter, request *http.Request) {
				d.passOn(writer, request, target, path)
			})
		}
	}
}

// addressOf gives where a call goes.
func (d *Datasource) addressOf(target service, path string, request *http.Request) (string, error) {
	root := target.root(d)
	if root == "" {
		return "", &cube.Error{Status: http.StatusNotImplemented,
			Message: target.title + " is not configured: enter its address (" + target.setting + ") in the data source's settings."}
	}
	if strings.Contains(path, "{id}") {
		id := request.PathValue("id")
		if !identifier.MatchString(id) {
			return "", &cube.Error{Status: http.StatusBadRequest, Message: "The id in the address is not one: letters, digits, - and _ only."}
		}
		path = strings.Replace(path, "{id}", id, 1)
	}
	query, err := queryOf(request)
	return root + path + query, err
}

const longestQuery = 2_000

func queryOf(request *http.Request) (string, error) {
	values, err := url.ParseQuery(request.URL.RawQuery)
	if err != nil || len(request.URL.RawQuery) > longestQuery {
		return "", &cube.Error{Status: http.StatusBadRequest, Message: "The parameters after the ? cannot be read or are too long."}
	}
	if len(values) == 0 {
		return "", nil
	}
	return "?" + values.Encode(), nil
}
