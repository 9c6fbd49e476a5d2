package plugin

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

const sqlAnswer = `{"sql":{"sql":["select sum(mrr) from t where state = $1 and day >= $2 limit 10",["O'Hara","2026-01-01"]],"order":{}}}`

const sqlBody = `{"from":1767225600000,"to":1774958400000,"intervalMs":86400000,"query":` + mrrQuery + `}`

func TestTheSQLRunsAsItIsCopied(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, sqlAnswer))
	answer := resourceWith(t, source(t, fake.URL, "{}"), viewer(), http.MethodPost, "sql", sqlBody)
	require.Equal(t, http.StatusOK, answer.Status)
	var shown struct {
		SQL     string          `json:"sql"`
		Request json.RawMessage `json:"request"`
	}
	require.NoError(t, json.Unmarshal(answer.Body, &shown))
	require.Equal(t, "select sum(mrr) from t where state = 'O''Hara' and day >= '2026-01-01' limit 10", shown.SQL)
	require.Equal(t, "/cubejs-api/v1/sql", fake.calls[0].path)
	require.Equal(t, []any{"analyst"}, fake.calls[0].claims["roles"])
	asked := `{"query":{"measures":["revenue.mrr"],"limit":10000,"timezone":"UTC",
		"timeDimensions":[{"dimension":"revenue.as_of","dateRange":["2026-01-01T00:00:00.000","2026-03-31T12:00:00.000"]}]}}`
	require.JSONEq(t, asked, string(fake.calls[0].body), "planned as for a panel")
	require.JSONEq(t, asked, string(shown.Request))
}

func TestTheSQLIsRefusedInWords(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusForbidden, `{"error":"The SQL of queries is not shown to your role."}`))
	odd := newFakeCube(t, always(http.StatusOK, `{"sql":{}}`))
	for name, test := range map[string]struct {
		source *Datasource
		caller backend.PluginContext
		body   string
		status int
		says   string
	}{
		"by Cube":       {source(t, fake.URL, "{}"), viewer(), sqlBody, http.StatusForbidden, "not shown to your role"},
		"to nobody":     {source(t, fake.URL, "{}"), backend.PluginContext{}, sqlBody, http.StatusForbidden, "no signed-in user"},
		"bad request":   {source(t, fake.URL, "{}"), viewer(), `{"from":"x"}`, http.StatusBadRequest, "not valid"},
		"bad query":     {source(t, fake.URL, "{}"), viewer(), `{"query":{"kind":"view","version":1}}`, http.StatusBadRequest, "choose a view"},
		"not a Cube":    {source(t, odd.URL, "{}"), viewer(), sqlBody, http.StatusBadGateway, "no statement"},
		"a newer query": {source(t, fake.URL, "{}"), viewer(), `{"query":{"kind":"view","version":9}}`, http.StatusBadRequest, "update the plugin"},
	} {
		answer := resourceWith(t, test.source, test.caller, http.MethodPost, "sql", test.body)
		require.Equal(t, test.status, answer.Status, name)
		require.Contains(t, string(answer.Body), test.says, name)
	}
}
