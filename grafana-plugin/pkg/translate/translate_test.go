package translate

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/settings"
)

var config = settings.Settings{TimeZone: "UTC", RowLimit: 100}

var timeRange = backend.TimeRange{
	From: time.Date(2026, 1, 1, 5, 0, 0, 0, time.UTC),
	To:   time.Date(2026, 7, 1, 4, 59, 59, 999_000_000, time.UTC),
}

func translated(t *testing.T, query model.Query) Plan {
	t.Helper()
	plan, err := ToCube(query, timeRange, time.Hour, config)
	require.NoError(t, err)
	return plan
}

func TestRangeIsWallClockOfTheQueryZone(t *testing.T) {
	query := model.Query{
		Measures:      []string{"lab_tests.tests_ordered"},
		TimeDimension: &model.TimeDimension{Dimension: "lab_tests.date"},
		Format:        model.Table,
	}
	require.Equal(t, []string{"2026-01-01T05:00:00.000", "2026-07-01T04:59:59.999"}, translated(t, query).Query.TimeDimensions[0].DateRange)

	query.TimeZone = "America/New_York" // winter: -5 h, summer: -4 h
	plan := translated(t, query)
	require.Equal(t, []string{"2026-01-01T00:00:00.000", "2026-07-01T00:59:59.999"}, plan.Query.TimeDimensions[0].DateRange)
	require.Equal(t, "America/New_York", plan.Query.TimeZone)
	require.Empty(t, plan.TimeColumn)
}

func TestNoTimeDimensionNoRange(t *testing.T) {
	plan := translated(t, model.Query{Measures: []string{"revenue.mrr"}, Format: model.Table})
	require.Empty(t, plan.Query.TimeDimensions)
}

func TestLimitAsksOneMore(t *testing.T) {
	require.Equal(t, 101, translated(t, model.Query{Format: model.Table}).Query.Limit)
	require.Equal(t, 6, translated(t, model.Query{Format: model.Table, Limit: 5}).Query.Limit)
}

func TestTimeSeriesAreAskedNewestFirst(t *testing.T) {
	plan := translated(t, model.Query{
		Measures:      []string{"lab_tests.tests_ordered"},
		TimeDimension: &model.TimeDimension{Dimension: "lab_tests.date", Granularity: "auto"},
		Order:         []model.Order{{Member: "lab_tests.date", Direction: "asc"}, {Member: "lab_tests.lab_name", Direction: "asc"}},
		Format:        model.TimeSeries,
	})
	require.Equal(t, "lab_tests.date.hour", plan.TimeColumn)
	require.Equal(t, [][2]string{{"lab_tests.date", "desc"}, {"lab_tests.lab_name", "asc"}}, plan.Query.Order)
	require.True(t, plan.NewestFirst)
}

func TestFiltersKeepTheirForm(t *testing.T) {
	state := model.Filter{Member: "revenue.state", Operator: "equals", Values: []string{"NY", "CA"}}
	plan := translated(t, model.Query{Format: model.Table, Filters: []model.Filter{
		state,
		{Or: []model.Filter{{Member: "revenue.channel", Operator: "notSet"}, {And: []model.Filter{state}}}},
	}})
	text, err := json.Marshal(plan.Query.Filters)
	require.NoError(t, err)
	require.JSONEq(t, `[
		{"member":"revenue.state","operator":"equals","values":["NY","CA"]},
		{"or":[{"member":"revenue.channel","operator":"notSet"},{"and":[{"member":"revenue.state","operator":"equals","values":["NY","CA"]}]}]}
	]`, string(text))
}

func TestUnknownTimeZone(t *testing.T) {
	_, err := ToCube(model.Query{TimeZone: "Mars/Olympus"}, timeRange, time.Hour, config)
	require.ErrorContains(t, err, "Mars/Olympus")
}

func TestGranularityFollowsTheInterval(t *testing.T) {
	for interval, want := range map[time.Duration]string{
		time.Millisecond: "second",
		time.Second:      "second",
		61 * time.Second: "hour",
		4 * time.Hour:    "day",
		day:              "day",
		2 * day:          "week",
		20 * day:         "month",
		60 * day:         "quarter",
		200 * day:        "year",
		1_000 * day:      "year",
	} {
		require.Equal(t, want, Granularity(interval), interval)
	}
}
