package frames

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/settings"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

const about = `"annotation":{"measures":{"labs.tests":{"shortTitle":"Tests","type":"number"}},
	"dimensions":{"labs.name":{"shortTitle":"Lab","type":"string"}},"timeDimensions":{"labs.date.month":{"type":"time"}}}`

// compared shapes two answers over the second and the first quarter of 2026.
func compared(t *testing.T, query model.Query, current, previous string, options Options) data.Frames {
	t.Helper()
	query.Compare = model.PreviousPeriod
	config := settings.Settings{TimeZone: "UTC", RowLimit: 100}
	quarter := backend.TimeRange{
		From: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 6, 30, 23, 59, 59, 999_000_000, time.UTC),
	}
	plan, err := translate.ToCube(query, quarter, time.Hour, config)
	require.NoError(t, err)
	before, err := translate.Previous(plan, quarter, time.Hour, config)
	require.NoError(t, err)
	read := func(text string) (answer cube.Answer) {
		require.NoError(t, json.Unmarshal([]byte(`{`+about+`,"data":`+text+`}`), &answer))
		return answer
	}
	options.Location = time.UTC
	frames, err := FromAnswer(Part{plan, read(current)}, &Part{before, read(previous)}, options)
	require.NoError(t, err)
	return frames
}

// values of a field, nil for null.
func values(field *data.Field) []any {
	result := make([]any, field.Len())
	for row := range result {
		if value, defined := field.ConcreteAt(row); defined {
			result[row] = value
		}
	}
	return result
}

var tests = model.Query{
	Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name"},
	TimeDimension: &model.TimeDimension{Dimension: "labs.date"}, Format: model.Table,
}

func TestATableHasThePreviousPeriodBeside(t *testing.T) {
	frames := compared(t, tests,
		`{"members":["labs.name","labs.tests"],"columns":[["North","South",null],["12","7","1"]]}`,
		`{"members":["labs.name","labs.tests"],"columns":[["West",null,"North"],["4","2","10"]]}`, Options{})
	require.Len(t, frames, 1)
	fields := frames[0].Fields
	require.Equal(t, []string{"name", "tests", "tests_previous"}, []string{fields[0].Name, fields[1].Name, fields[2].Name})
	require.Equal(t, "Tests, previous period", fields[2].Config.DisplayNameFromDS)
	require.Equal(t, []any{"North", "South", nil, "West"}, values(fields[0]))
	require.Equal(t, []any{12.0, 7.0, 1.0, nil}, values(fields[1]))
	require.Equal(t, []any{10.0, nil, 2.0, 4.0}, values(fields[2]))
	require.Equal(t, data.FrameTypeNumericLong, frames[0].Meta.Type)
}

func TestACutTableComparesItsOwnRowsOnly(t *testing.T) {
	query := tests
	query.Limit = 1
	frames := compared(t, query,
		`{"members":["labs.name","labs.tests"],"columns":[["North","South"],["12","7"]]}`,
		`{"members":["labs.name","labs.tests"],"columns":[["South","North"],["4","10"]]}`, Options{})
	require.Equal(t, []any{"North"}, values(frames[0].Fields[0]))
	require.Equal(t, []any{10.0}, values(frames[0].Fields[2]))
	require.Contains(t, frames[0].Meta.Notices[0].Text, "There are more rows")
}

const (
	spring = `{"members":["labs.name","labs.date.month","labs.tests"],
		"columns":[["North","North"],["2026-05-01T00:00:00.000","2026-04-01T00:00:00.000"],["5","4"]]}`
	winter = `{"members":["labs.name","labs.date.month","labs.tests"],
		"columns":[["North","North"],["2026-03-01T00:00:00.000","2026-01-01T00:00:00.000"],["3","1"]]}`
)

func monthlyTests(format model.Format) model.Query {
	query := tests
	query.TimeDimension = &model.TimeDimension{Dimension: "labs.date", Granularity: "month"}
	query.Format = format
	return query
}

func month(number time.Month) time.Time { return time.Date(2026, number, 1, 0, 0, 0, 0, time.UTC) }

func TestSeriesOfThePreviousPeriodLieOnTheCurrentOnes(t *testing.T) {
	for name, options := range map[string]Options{"panel": {}, "alert rule": {ForExpression: true}} {
		format := model.TimeSeries
		if options.ForExpression {
			format = model.Table
		}
		frames := compared(t, monthlyTests(format), spring, winter, options)
		require.Len(t, frames, 2, name)
		for index, period := range []string{"current", "previous"} {
			require.Equal(t, data.FrameTypeTimeSeriesMulti, frames[index].Meta.Type, name)
			require.Equal(t, data.Labels{"name": "North", "period": period}, frames[index].Fields[1].Labels, name)
		}
		require.Equal(t, "North, previous period", frames[1].Fields[1].Config.DisplayNameFromDS)
		require.ElementsMatch(t, []any{month(4), month(6)}, values(frames[1].Fields[0]), name)
	}
	frames := compared(t, monthlyTests(model.TimeSeries), spring, winter, Options{})
	require.Equal(t, []any{month(4), month(5)}, values(frames[0].Fields[0]))
	require.Equal(t, []any{4.0, 5.0}, values(frames[0].Fields[1]))
	require.Equal(t, []any{month(4), month(6)}, values(frames[1].Fields[0]))
	require.Equal(t, []any{1.0, 3.0}, values(frames[1].Fields[1]))
}

func TestATableWithTimeIsComparedBucketByBucket(t *testing.T) {
	fields := compared(t, monthlyTests(model.Table), spring, winter, Options{})[0].Fields
	require.Equal(t, []any{month(5), month(4), month(6)}, values(fields[0]))
	require.Equal(t, []any{5.0, 4.0, nil}, values(fields[2]))
	require.Equal(t, []any{nil, 1.0, 3.0}, values(fields[3]))
}

func TestAlertRulesCompareNumbers(t *testing.T) {
	frames := compared(t, tests,
		`{"members":["labs.name","labs.tests"],"columns":[["North"],["12"]]}`,
		`{"members":["labs.name","labs.tests"],"columns":[["North"],["10"]]}`, Options{ForExpression: true})
	require.Len(t, frames, 2)
	require.Equal(t, data.Labels{"name": "North", "period": "current"}, frames[0].Fields[0].Labels)
	require.Equal(t, data.Labels{"name": "North", "period": "previous"}, frames[1].Fields[0].Labels)
	require.Equal(t, []any{10.0}, values(frames[1].Fields[0]))
}
