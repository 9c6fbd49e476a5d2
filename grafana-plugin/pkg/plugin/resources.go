package plugin

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"
)

// routes are the resource calls: what the editor needs to know, as the caller may see it, and nothing else.
func (d *Datasource) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /meta", d.meta)
	mux.HandleFunc("POST /sql", d.sql)
	d.routeServices(mux)
	return mux
}

func (d *Datasource) meta(writer http.ResponseWriter, request *http.Request) {
	who, err := d.identify(httpadapter.UserFromContext(request.Context()), nil)
	if err != nil {
		writeError(writer, err)
		return
	}
	ctx, cancel := context.WithTimeout(request.Context(), d.config.Budget)
	defer cancel()
	meta, err := d.metas.get(ctx, who)
	if err != nil {
		writeError(writer, err)
		return
	}
	writeJSON(writer, http.StatusOK, meta)
}

func writeError(writer http.ResponseWriter, err error) {
	writeJSON(writer, statusOf(err), map[string]string{"message": err.Error()})
}

func writeJSON(writer http.ResponseWriter, status int, body any) {
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	if err := json.NewEncoder(writer).Encode(body); err != nil {
		backend.Logger.Debug("The caller left before the answer was written", "error", err.Error())
	}
}
