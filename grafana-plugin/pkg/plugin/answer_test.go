package plugin

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

func TestThePreviousPeriodIsAskedBesideTheCurrent(t *testing.T) {
	fake := newFakeCube(t, func(writer http.ResponseWriter, request *http.Request) {
		reply(writer, http.StatusOK, oneRow)
	})
	query := strings.Replace(mrrQuery, `"format"`, `"compare":"previous","format"`, 1)
	answer := ask(t, source(t, fake.URL, "{}"), context.Background(), query)["A"]
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames[0].Fields, 2)
	require.Equal(t, "mrr_previous", answer.Frames[0].Fields[1].Name)
	require.Len(t, fake.calls, 2)
	ranges := map[string]bool{}
	for _, call := range fake.calls {
		var body struct {
			Query struct {
				TimeDimensions []struct{ DateRange []string }
			}
		}
		require.NoError(t, json.Unmarshal(call.body, &body))
		ranges[strings.Join(body.Query.TimeDimensions[0].DateRange, " to ")] = true
	}
	require.Equal(t, map[string]bool{
		"2026-01-01T00:00:00.000 to 2026-03-31T12:00:00.000": true,
		"2025-10-03T12:00:00.000 to 2025-12-31T23:59:59.999": true,
	}, ranges)
}

const withAdHoc = `{"kind":"view","version":1,"view":"revenue","measures":["revenue.mrr"],"format":"table","adHoc":[
	{"key":"state","operator":"=","values":["NY"]},{"key":"lab_name","operator":"=","values":["North"]}]}`

func TestFiltersOfTheDashboardApplyWhereTheyCanAndTellWhereNot(t *testing.T) {
	fake := newFakeCube(t, withMeta(always(http.StatusOK, oneRow)))
	source := source(t, fake.URL, "{}")
	for range 2 {
		answer := ask(t, source, context.Background(), withAdHoc)["A"]
		require.NoError(t, answer.Error)
		require.Contains(t, answer.Frames[0].Meta.Notices[0].Text, "no such dimension: lab_name")
	}
	require.Len(t, fake.calls, 3, "what the model offers is asked once")
	require.JSONEq(t, `{"query":{"measures":["revenue.mrr"],"limit":10001,"timezone":"UTC","responseFormat":"columnar",
		"filters":[{"member":"revenue.state","operator":"equals","values":["NY"]}]}}`, string(fake.calls[1].body))
}

func TestAFilterThatCannotBeAppliedIsAnErrorNotAWrongFigure(t *testing.T) {
	fake := newFakeCube(t, withMeta(always(http.StatusOK, oneRow)))
	query := strings.Replace(withAdHoc, `"operator":"=","values":["NY"]`, `"operator":"=~","values":["N[YJ]"]`, 1)
	answer := ask(t, source(t, fake.URL, "{}"), context.Background(), query)["A"]
	require.ErrorContains(t, answer.Error, `a filter of the dashboard cannot be applied: unknown filter operator "=~ N[YJ]" on revenue.state`)
	require.Len(t, fake.calls, 1, "the model only")
}

func TestTheInspectorShowsWhatWasAsked(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, oneRow))
	meta := ask(t, source(t, fake.URL, "{}"), context.Background(), mrrQuery)["A"].Frames[0].Meta
	require.Contains(t, meta.ExecutedQueryString, `"dateRange":["2026-01-01T00:00:00.000"`)
	require.Equal(t, "Rows from Cube", meta.Stats[0].DisplayName)
	require.InDelta(t, 1, meta.Stats[0].Value, 0)
	require.Empty(t, meta.Notices)
}

func TestAViewerIsToldThatCubeWasSlow(t *testing.T) {
	var polls atomic.Int32
	fake := newFakeCube(t, func(writer http.ResponseWriter, _ *http.Request) {
		if polls.Add(1) < 3 {
			reply(writer, http.StatusOK, `{"error":"Continue wait"}`)
			return
		}
		reply(writer, http.StatusOK, oneRow)
	})
	source := source(t, fake.URL, "{}")
	started := time.Now()
	// Each look at the clock finds it three seconds on.
	source.client.Now = func() time.Time { started = started.Add(3 * time.Second); return started }
	notices := ask(t, source, context.Background(), mrrQuery)["A"].Frames[0].Meta.Notices
	require.Len(t, notices, 1)
	require.Contains(t, notices[0].Text, "asked 3 times")
}

func TestTheEndOfTheBudgetSaysHowFarCubeWas(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, `{"error":"Continue wait","stage":"Executing query"}`))
	answer := ask(t, source(t, fake.URL, `{"budgetSeconds":1}`), context.Background(), mrrQuery)["A"]
	require.ErrorContains(t, answer.Error, "still working on the query after 1s (Executing query)")
	require.Equal(t, backend.StatusTimeout, answer.Status)
}

func TestAQueryThatNobodyWaitsForIsCancelledInCube(t *testing.T) {
	arrived := make(chan string, 1)
	cancelled := make(chan string, 1)
	fake := newFakeCube(t, func(writer http.ResponseWriter, request *http.Request) {
		if request.Method == http.MethodDelete {
			cancelled <- request.URL.Path
			reply(writer, http.StatusOK, `{"result":[]}`)
			return
		}
		arrived <- request.Header.Get("X-Request-Id")
		<-request.Context().Done()
	})
	ctx, cancel := context.WithCancel(context.Background())
	id := make(chan string, 1)
	go func() {
		id <- <-arrived
		cancel()
	}()
	require.ErrorIs(t, ask(t, source(t, fake.URL, "{}"), ctx, mrrQuery)["A"].Error, context.Canceled)
	select {
	case path := <-cancelled:
		require.Equal(t, "/cubejs-api/v1/running-query/"+strings.TrimSuffix(<-id, "-span-1"), path)
	case <-time.After(30 * time.Second):
		t.Fatal("Cube was not told")
	}
}

func TestAutoGranularityOfAlertRulesFollowsTheRange(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, `{"annotation":{},"data":[]}`))
	query := `{"kind":"view","version":1,"view":"revenue","measures":["revenue.mrr"],"format":"time_series",
		"timeDimension":{"dimension":"revenue.day","granularity":"auto"}}`
	request := &backend.QueryDataRequest{PluginContext: viewer(), Headers: map[string]string{"FromAlert": "true"},
		Queries: []backend.DataQuery{{RefID: "A", JSON: json.RawMessage(query), Interval: time.Second, TimeRange: backend.TimeRange{
			From: time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC),
		}}}}
	_, err := source(t, fake.URL, "{}").QueryData(context.Background(), request)
	require.NoError(t, err)
	require.Contains(t, string(fake.calls[0].body), `"granularity":"day"`)
}
