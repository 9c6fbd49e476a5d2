package plugin

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

func TestTheRangeOfTheRequestReachesCube(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, oneRow))
	answer := ask(t, source(t, fake.URL, "{}"), context.Background(), mrrQuery)["A"]
	require.NoError(t, answer.Error)
	require.InDelta(t, 49036.41, *answer.Frames[0].Fields[0].At(0).(*float64), 1e-9)
	require.Equal(t, "A", answer.Frames[0].RefID)
	require.Equal(t, "/cubejs-api/v1/load", fake.calls[0].path)
	require.JSONEq(t, `{"query":{
		"measures":["revenue.mrr"],
		"timeDimensions":[{"dimension":"revenue.as_of","dateRange":["2026-01-01T00:00:00.000","2026-03-31T12:00:00.000"]}],
		"limit":10001,"timezone":"UTC","responseFormat":"columnar"}}`, string(fake.calls[0].body))
}

func TestEveryCallerHasATokenOfTheirOwn(t *testing.T) {
	person := func(role string) backend.PluginContext {
		return backend.PluginContext{User: &backend.User{Login: "p-" + role, Email: "p@example.org", Role: role}}
	}
	scheduler := backend.PluginContext{User: &backend.User{Login: "grafana_scheduler", Role: "Admin"}}
	fromAlert := map[string]string{"FromAlert": "true"}
	for name, test := range map[string]struct {
		caller  backend.PluginContext
		headers map[string]string
		subject string
		roles   []any
	}{
		"viewer":                  {person("Viewer"), nil, "p-Viewer", []any{"analyst"}},
		"editor":                  {person("Editor"), nil, "p-Editor", []any{"analyst", "operations"}},
		"admin":                   {person("Admin"), nil, "p-Admin", []any{"executive"}},
		"alert rule":              {scheduler, fromAlert, "grafana-alerting", []any{"on_call"}},
		"viewer who sends header": {person("Viewer"), fromAlert, "p-Viewer", []any{"analyst"}},
	} {
		fake := newFakeCube(t, always(http.StatusOK, oneRow))
		answer := askWith(t, source(t, fake.URL, "{}"), context.Background(), test.caller, test.headers, mrrQuery)["A"]
		require.NoError(t, answer.Error, name)
		require.Equal(t, test.subject, fake.calls[0].claims["sub"], name)
		require.Equal(t, test.roles, fake.calls[0].claims["roles"], name)
	}
}

func TestNobodyIsRefusedWithoutAskingCube(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, oneRow))
	for _, user := range []*backend.User{nil, {Role: "Viewer"}} {
		answer := askWith(t, source(t, fake.URL, "{}"), context.Background(), backend.PluginContext{User: user}, nil, mrrQuery)["A"]
		require.ErrorContains(t, answer.Error, "no signed-in user")
		require.Equal(t, backend.StatusForbidden, answer.Status)
	}
	require.Empty(t, fake.calls)
}

func TestContinueWaitIsPolledUntilTheAnswerComes(t *testing.T) {
	var polls atomic.Int32
	fake := newFakeCube(t, func(writer http.ResponseWriter, _ *http.Request) {
		if polls.Add(1) < 3 {
			reply(writer, http.StatusOK, `{"error":"Continue wait"}`)
			return
		}
		reply(writer, http.StatusOK, oneRow)
	})
	require.NoError(t, ask(t, source(t, fake.URL, "{}"), context.Background(), mrrQuery)["A"].Error)
	require.Len(t, fake.calls, 3)
}

func TestOneBudgetForAllQueries(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, `{"error":"Continue wait"}`))
	started := time.Now()
	answers := ask(t, source(t, fake.URL, `{"budgetSeconds":1}`), context.Background(), slices.Repeat([]string{mrrQuery}, 12)...)
	require.Less(t, time.Since(started), 10*time.Second)
	for _, answer := range answers {
		require.ErrorContains(t, answer.Error, "still working on the query after 1s")
		require.Equal(t, backend.StatusTimeout, answer.Status)
		require.Equal(t, backend.ErrorSourceDownstream, answer.ErrorSource)
	}
}

func TestCancellingReachesCube(t *testing.T) {
	arrived, left := make(chan struct{}), make(chan struct{})
	fake := newFakeCube(t, func(_ http.ResponseWriter, request *http.Request) {
		close(arrived)
		<-request.Context().Done()
		close(left)
	})
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-arrived
		cancel()
	}()
	answer := ask(t, source(t, fake.URL, "{}"), ctx, mrrQuery)["A"]
	require.ErrorIs(t, answer.Error, context.Canceled)
	select {
	case <-left:
	case <-time.After(5 * time.Second):
		t.Fatal("Cube still works on a query that nobody waits for")
	}
}

func TestQueriesRunSideBySide(t *testing.T) {
	const queries = 8
	var inside atomic.Int32
	together := make(chan struct{})
	fake := newFakeCube(t, func(writer http.ResponseWriter, _ *http.Request) {
		if inside.Add(1) == queries {
			close(together)
		}
		<-together // answers only once all have arrived
		reply(writer, http.StatusOK, oneRow)
	})
	list := make([]string, queries)
	for index := range list {
		list[index] = mrrQuery
	}
	for _, answer := range ask(t, source(t, fake.URL, `{"budgetSeconds":5}`), context.Background(), list...) {
		require.NoError(t, answer.Error)
	}
}

func TestOneBadQueryLeavesTheOthersAlone(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, oneRow))
	answers := ask(t, source(t, fake.URL, "{}"), context.Background(), `{"kind":"view","version":1}`, mrrQuery)
	require.ErrorContains(t, answers["A"].Error, "choose a view")
	require.Equal(t, backend.StatusBadRequest, answers["A"].Status)
	require.NoError(t, answers["B"].Error)
}

func TestAlertRulesGetLabelledNumbers(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, `{
		"annotation":{"measures":{"lab_sla.a":{"type":"number"},"lab_sla.b":{"type":"number"}},"dimensions":{"lab_sla.lab":{"type":"string"}}},
		"data":{"members":["lab_sla.lab","lab_sla.a","lab_sla.b"],"columns":[["North"],["1"],[null]]}}`))
	query := `{"kind":"view","version":1,"view":"lab_sla","measures":["lab_sla.a","lab_sla.b"],"dimensions":["lab_sla.lab"],"format":"table"}`
	for _, header := range []string{"FromAlert", "http_X-Grafana-From-Expr"} {
		headers := map[string]string{header: "true"}
		frames := askWith(t, source(t, fake.URL, "{}"), context.Background(), viewer(), headers, query)["A"].Frames
		require.Len(t, frames, 2, header)
		require.Equal(t, map[string]string{"lab": "North", "measure": "a"}, map[string]string(frames[0].Fields[0].Labels))
		require.Equal(t, map[string]string{"lab": "North", "measure": "b"}, map[string]string(frames[1].Fields[0].Labels))
		require.Nil(t, frames[1].Fields[0].At(0), "null stays null")
	}
}

func TestTooLargeAnAnswerIsRefused(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, `{"data":"`+strings.Repeat("x", 2<<20)+`"}`))
	answer := ask(t, source(t, fake.URL, `{"maxResponseMiB":1}`), context.Background(), mrrQuery)["A"]
	require.ErrorContains(t, answer.Error, "larger than 1 MiB")
}
