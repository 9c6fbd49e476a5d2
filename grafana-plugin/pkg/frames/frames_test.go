package frames

import (
	"encoding/json"
	"os"
	"path/filepath"
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

var monthly = &model.TimeDimension{Dimension: "labs.date", Granularity: "month"}

// shaped reads testdata/<answer>.json as Cube's answer to the query.
func shaped(t *testing.T, answer string, query model.Query, options Options) (data.Frames, error) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", answer+".json"))
	require.NoError(t, err)
	var read cube.Answer
	require.NoError(t, json.Unmarshal(text, &read))
	plan, err := translate.ToCube(query, backend.TimeRange{}, 24*time.Hour, settings.Settings{TimeZone: "UTC", RowLimit: 100})
	require.NoError(t, err)
	options.Location = plan.Location
	return FromAnswer(Part{plan, read}, nil, options)
}

// The golden files hold each shape as Grafana receives it. UPDATE_GOLDEN=true writes them anew.
func TestShapes(t *testing.T) {
	everything := []string{"labs.tests", "labs.share", "labs.fee"}
	for name, test := range map[string]struct {
		answer  string
		query   model.Query
		options Options
	}{
		"time-series-labels": {"time", model.Query{
			Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name"}, TimeDimension: monthly, Format: model.TimeSeries,
		}, Options{}},
		"time-series-two-measures": {"time", model.Query{
			Measures: []string{"labs.tests", "labs.share"}, Dimensions: []string{"labs.name"}, TimeDimension: monthly, Format: model.TimeSeries,
		}, Options{}},
		"time-series-new-york": {"time", model.Query{
			Measures: []string{"labs.tests"}, TimeDimension: monthly, Format: model.TimeSeries, TimeZone: "America/New_York",
		}, Options{}},
		"time-series-empty": {"empty", model.Query{
			Measures: []string{"labs.tests"}, TimeDimension: monthly, Format: model.TimeSeries,
		}, Options{}},
		"table-with-time": {"time", model.Query{
			Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name"}, TimeDimension: monthly, Format: model.Table,
		}, Options{}},
		"table-text-and-numbers": {"table", model.Query{
			Measures: everything, Dimensions: []string{"labs.name"}, Format: model.Table,
		}, Options{Currency: "USD"}},
		"table-all-types": {"table", model.Query{
			Measures: everything, Dimensions: []string{"labs.name", "labs.active", "labs.zone", "labs.since"}, Format: model.Table,
		}, Options{}},
		"table-dimensions-only": {"table", model.Query{Dimensions: []string{"labs.name"}, Format: model.Table}, Options{}},
		"table-empty":           {"empty", model.Query{Measures: everything, Dimensions: []string{"labs.name"}, Format: model.Table}, Options{}},
		"table-cut":             {"table", model.Query{Measures: []string{"labs.tests"}, Format: model.Table, Limit: 2}, Options{}},
		"time-series-cut": {"time", model.Query{
			Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name"}, TimeDimension: monthly, Format: model.TimeSeries, Limit: 2,
		}, Options{}},
		"expression-one-measure": {"table", model.Query{
			Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name", "labs.active", "labs.zone"}, Format: model.Table,
		}, Options{ForExpression: true}},
		"expression-several-measures": {"table", model.Query{
			Measures: everything, Dimensions: []string{"labs.name"}, Format: model.Table,
		}, Options{ForExpression: true}},
		"expression-time-text-two-measures": {"time", model.Query{
			Measures: []string{"labs.tests", "labs.share"}, Dimensions: []string{"labs.name"}, TimeDimension: monthly, Format: model.Table,
		}, Options{ForExpression: true}},
		"expression-empty": {"empty", model.Query{
			Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name"}, Format: model.Table,
		}, Options{ForExpression: true}},
	} {
		t.Run(name, func(t *testing.T) {
			frames, err := shaped(t, test.answer, test.query, test.options)
			require.NoError(t, err)
			checkGolden(t, filepath.Join("testdata", "golden-"+name+".json"), frames)
		})
	}
}

func checkGolden(t *testing.T, path string, frames data.Frames) {
	t.Helper()
	got, err := json.MarshalIndent(frames, "", "  ")
	require.NoError(t, err)
	if os.Getenv("UPDATE_GOLDEN") == "true" {
		require.NoError(t, os.WriteFile(path, append(got, '\n'), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got))
}

func TestExpressionsNeedAMeasure(t *testing.T) {
	_, err := shaped(t, "table", model.Query{Dimensions: []string{"labs.name"}, Format: model.Table}, Options{ForExpression: true})
	require.ErrorIs(t, err, ErrUnsuitable)
}

func TestTextIsNoSeries(t *testing.T) {
	_, err := shaped(t, "table", model.Query{Measures: []string{"labs.best"}, Format: model.Table}, Options{ForExpression: true})
	require.ErrorIs(t, err, ErrUnsuitable)
	require.ErrorContains(t, err, "labs.best")
}

func TestAMissingColumnIsAnError(t *testing.T) {
	_, err := shaped(t, "table", model.Query{Measures: []string{"labs.unknown"}, Format: model.Table}, Options{})
	require.ErrorContains(t, err, "labs.unknown")
}

func TestAValueThatDoesNotFitItsTypeIsNamed(t *testing.T) {
	_, err := shaped(t, "wrong", model.Query{Measures: []string{"labs.tests"}, Format: model.Table}, Options{})
	require.ErrorContains(t, err, `labs.tests, row 2: "many" is not a number`)
}
