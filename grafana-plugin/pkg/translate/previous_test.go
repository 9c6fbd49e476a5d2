package translate

import (
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/model"
)

func at(t *testing.T, text string, location *time.Location) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation(wallClock, text, location)
	require.NoError(t, err)
	return moment
}

func TestThePreviousRange(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	for name, test := range map[string]struct {
		location       *time.Location
		from, to       string
		wantFrom, want string
	}{
		"whole months": {time.UTC,
			"2026-01-01T00:00:00.000", "2026-03-31T23:59:59.999", "2025-10-01T00:00:00.000", "2025-12-31T23:59:59.999"},
		"a leap year's year": {time.UTC,
			"2025-01-01T00:00:00.000", "2025-12-31T23:59:59.999", "2024-01-01T00:00:00.000", "2024-12-31T23:59:59.999"},
		"whole days": {time.UTC,
			"2026-03-10T00:00:00.000", "2026-03-16T23:59:59.999", "2026-03-03T00:00:00.000", "2026-03-09T23:59:59.999"},
		"days on which clocks change": {newYork,
			"2026-03-08T00:00:00.000", "2026-03-14T23:59:59.999", "2026-03-01T00:00:00.000", "2026-03-07T23:59:59.999"},
		"any other": {time.UTC,
			"2026-03-10T06:00:00.000", "2026-03-10T18:30:00.000", "2026-03-09T17:30:00.000", "2026-03-10T05:59:59.999"},
	} {
		got := previousRange(backend.TimeRange{From: at(t, test.from, test.location), To: at(t, test.to, test.location)}, test.location)
		require.Equal(t, test.wantFrom, got.From.Format(wallClock), name)
		require.Equal(t, test.want, got.To.Format(wallClock), name)
	}
}

func TestBucketsOfThePreviousPeriodLieOnThoseOfTheCurrent(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	for name, test := range map[string]struct {
		granularity, previous, current, bucket, want string
		location                                     *time.Location
	}{
		"months":             {"month", "2024-03-01T00:00:00.000", "2025-03-01T00:00:00.000", "2024-05-01T00:00:00.000", "2025-05-01T00:00:00.000", time.UTC},
		"months begun":       {"month", "2025-12-16T10:00:00.000", "2026-01-16T10:00:00.000", "2025-12-01T00:00:00.000", "2026-01-01T00:00:00.000", time.UTC},
		"quarters":           {"quarter", "2025-01-01T00:00:00.000", "2025-07-01T00:00:00.000", "2025-04-01T00:00:00.000", "2025-10-01T00:00:00.000", time.UTC},
		"years":              {"year", "2024-01-01T00:00:00.000", "2025-01-01T00:00:00.000", "2024-01-01T00:00:00.000", "2025-01-01T00:00:00.000", time.UTC},
		"weeks":              {"week", "2026-03-04T12:00:00.000", "2026-04-03T12:00:00.000", "2026-03-02T00:00:00.000", "2026-03-30T00:00:00.000", time.UTC},
		"days, clock change": {"day", "2026-03-01T00:00:00.000", "2026-03-08T00:00:00.000", "2026-03-02T00:00:00.000", "2026-03-09T00:00:00.000", newYork},
		"hours":              {"hour", "2026-03-01T05:30:00.000", "2026-03-01T17:00:00.000", "2026-03-01T05:00:00.000", "2026-03-01T17:00:00.000", time.UTC},
		"the model's own":    {"fortnight", "2026-03-01T00:00:00.000", "2026-03-29T00:00:00.000", "2026-03-01T00:00:00.000", "2026-03-29T00:00:00.000", time.UTC},
	} {
		move := shift(test.granularity, at(t, test.previous, test.location), at(t, test.current, test.location), test.location)
		require.Equal(t, test.want, move(at(t, test.bucket, test.location)).In(test.location).Format(wallClock), name)
	}
}

func TestThePreviousPeriodIsAskedWhole(t *testing.T) {
	query := model.Query{
		Measures:      []string{"lab_tests.tests_ordered"},
		Dimensions:    []string{"lab_tests.lab_name"},
		TimeDimension: &model.TimeDimension{Dimension: "lab_tests.date"},
		Order:         []model.Order{{Member: "lab_tests.tests_ordered", Direction: "desc"}},
		Limit:         5,
		Compare:       model.PreviousPeriod,
		Format:        model.Table,
	}
	previous, err := Previous(translated(t, query), timeRange, time.Hour, config)
	require.NoError(t, err)
	require.Equal(t, []string{"2025-07-04T05:00:00.001", "2026-01-01T04:59:59.999"}, previous.Query.TimeDimensions[0].DateRange)
	require.Equal(t, model.MaxRows+1, previous.Query.Limit)
	require.Empty(t, previous.Query.Order)
	require.Nil(t, previous.Shift)

	query.TimeDimension.Granularity, query.Format = "auto", model.TimeSeries
	previous, err = Previous(translated(t, query), timeRange, time.Hour, config)
	require.NoError(t, err)
	require.Equal(t, "lab_tests.date.hour", previous.TimeColumn)
	require.NotNil(t, previous.Shift)
}
