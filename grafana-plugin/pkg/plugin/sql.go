package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

const longestQueryBody = 100_000

// sqlRequest asks for the SQL of a stored query, its variables filled in.
type sqlRequest struct {
	Query json.RawMessage `json:"query"`
	// From and To are the range in milliseconds since 1970, IntervalMs the panel's interval.
	From       int64 `json:"from"`
	To         int64 `json:"to"`
	IntervalMs int64 `json:"intervalMs"`
}

// sql answers with the statement behind a query, planned just as for a panel. Cube decides who may see it.
func (d *Datasource) sql(writer http.ResponseWriter, request *http.Request) {
	who, err := d.identify(httpadapter.UserFromContext(request.Context()), nil)
	if err != nil {
		writeError(writer, err)
		return
	}
	var asked sqlRequest
	if err := json.NewDecoder(http.MaxBytesReader(writer, request.Body, longestQueryBody)).Decode(&asked); err != nil {
		writeError(writer, fmt.Errorf("the request is not valid: %w", err))
		return
	}
	ctx, cancel := context.WithTimeout(request.Context(), d.config.Budget)
	defer cancel()
	plan, _, err := d.plan(ctx, backend.DataQuery{
		JSON:      asked.Query,
		Interval:  time.Duration(asked.IntervalMs) * time.Millisecond,
		TimeRange: backend.TimeRange{From: time.UnixMilli(asked.From), To: time.UnixMilli(asked.To)},
	}, asker{caller: who})
	if err != nil {
		writeError(writer, d.inWords(err))
		return
	}
	query := plan.Query
	// What a panel shows, without the one row more that tells whether an answer was cut.
	query.Limit = plan.Limit
	statement, err := d.client.SQL(ctx, query, who.sign)
	if err != nil {
		writeError(writer, d.inWords(err))
		return
	}
	rest, err := json.Marshal(map[string]cube.Query{"query": query})
	if err != nil {
		writeError(writer, err)
		return
	}
	writeJSON(writer, http.StatusOK, map[string]any{"sql": statement, "request": json.RawMessage(rest)})
}
