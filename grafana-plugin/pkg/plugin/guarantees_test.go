package plugin

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"
)

// What a data source for business figures must never get wrong, each from the stored query to the frames.

const typed = `{"annotation":{
	"measures":{"v.a":{"type":"number"},"v.b":{"type":"number","format":"currency","currency":"EUR"}},
	"dimensions":{"v.name":{"type":"string"},"v.open":{"type":"boolean"},"v.zone":{"type":"number"}},
	"timeDimensions":{"v.day.month":{"type":"time"}}},
	"data":{"members":["v.name","v.open","v.zone","v.day.month","v.a","v.b"],"columns":[
	["N","S"],[true,false],["1","2"],["2026-02-01T00:00:00.000","2026-01-01T00:00:00.000"],["1",null],["3","4"]]}}`

func framesOf(t *testing.T, parts string, headers map[string]string) (data.Frames, *fakeCube) {
	t.Helper()
	fake := newFakeCube(t, always(http.StatusOK, typed))
	query := `{"kind":"view","version":1,"view":"v",` + parts + `}`
	answer := askWith(t, source(t, fake.URL, "{}"), context.Background(), viewer(), headers, query)["A"]
	require.NoError(t, answer.Error, parts)
	return answer.Frames, fake
}

const byMonth = `"timeDimension":{"dimension":"v.day","granularity":"month"}`

func TestAGranularityKeepsItsTimeColumn(t *testing.T) {
	for format, of := range map[string]data.FieldType{
		"table": data.FieldTypeNullableTime,
		// Expressions, and so alert rules, read no other.
		"time_series": data.FieldTypeTime,
	} {
		frames, _ := framesOf(t, `"measures":["v.a"],`+byMonth+`,"format":"`+format+`"`, nil)
		require.Equal(t, of, frames[0].Fields[0].Type(), format)
		require.Equal(t, data.FieldTypeNullableFloat64, frames[0].Fields[1].Type(), format)
	}
}

func TestARowWithoutATimeIsOnNoSeries(t *testing.T) {
	undated := strings.Replace(typed, `"2026-02-01T00:00:00.000"`, "null", 1)
	fake := newFakeCube(t, always(http.StatusOK, undated))
	query := `{"kind":"view","version":1,"view":"v","measures":["v.a"],` + byMonth + `,"format":"time_series"}`
	answer := askWith(t, source(t, fake.URL, "{}"), context.Background(), viewer(), nil, query)["A"]
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 1)
	require.Equal(t, 1, answer.Frames[0].Rows())
	require.Equal(t, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), answer.Frames[0].Fields[0].At(0))
}

func TestTheRangeAppliesForAlertRulesToo(t *testing.T) {
	for _, headers := range []map[string]string{nil, {"FromAlert": "true"}} {
		_, fake := framesOf(t, `"measures":["v.a"],"timeDimension":{"dimension":"v.day"},"format":"table"`, headers)
		require.Contains(t, string(fake.calls[0].body), `"dateRange":["2026-01-01T00:00:00.000","2026-03-31T12:00:00.000"]`)
	}
}

func TestAlertRulesTakeEveryMixOfColumns(t *testing.T) {
	alert := map[string]string{"FromAlert": "true"}
	for parts, count := range map[string]int{
		`"measures":["v.a","v.b"]`:                                             2,
		`"measures":["v.a"],"dimensions":["v.open"]`:                           2,
		`"measures":["v.a"],"dimensions":["v.zone"]`:                           2,
		`"measures":["v.a"],"dimensions":["v.name"],` + byMonth:                2,
		`"measures":["v.a","v.b"],` + byMonth:                                  2,
		`"measures":["v.a","v.b"],"dimensions":["v.name","v.open"]`:            4,
		`"measures":["v.a","v.b"],"dimensions":["v.name","v.zone"],` + byMonth: 4,
	} {
		frames, _ := framesOf(t, parts+`,"format":"table"`, alert)
		require.Len(t, frames, count, parts)
		seen := map[string]bool{}
		for _, frame := range frames {
			value := frame.Fields[len(frame.Fields)-1]
			require.Equal(t, data.FieldTypeNullableFloat64, value.Type(), parts)
			require.False(t, seen[value.Labels.String()], "%s: labels %s twice", parts, value.Labels)
			seen[value.Labels.String()] = true
		}
	}
}

func TestAnUndefinedFigureIsNotZeroInAnAlertRule(t *testing.T) {
	frames, _ := framesOf(t, `"measures":["v.a"],"dimensions":["v.name"],"format":"table"`, map[string]string{"FromAlert": "true"})
	require.Nil(t, frames[1].Fields[0].At(0))
}

func TestNothingOfAQueryIsDroppedOnItsWay(t *testing.T) {
	_, fake := framesOf(t, `"measures":["v.a"],"dimensions":["v.name"],"segments":["v.big"],"timeZone":"America/New_York",
		"filters":[{"member":"v.name","operator":"equals","values":["A","B, C"]}],"order":[{"member":"v.a","direction":"desc"}],
		"limit":7,"format":"table"`, nil)
	require.JSONEq(t, `{"query":{"measures":["v.a"],"dimensions":["v.name"],"segments":["v.big"],"timezone":"America/New_York",
		"filters":[{"member":"v.name","operator":"equals","values":["A","B, C"]}],"order":[["v.a","desc"]],
		"limit":8,"responseFormat":"columnar"}}`, string(fake.calls[0].body))
}

func TestACutAnswerSaysSoAndATooLargeLimitIsNamed(t *testing.T) {
	frames, _ := framesOf(t, `"measures":["v.a"],"dimensions":["v.name"],"limit":1,"format":"table"`, nil)
	require.Equal(t, 1, frames[0].Rows())
	require.Equal(t, data.NoticeSeverityWarning, frames[0].Meta.Notices[0].Severity)
	require.Contains(t, frames[0].Meta.Notices[0].Text, "only the first 1 are shown")

	fake := newFakeCube(t, always(http.StatusOK, typed))
	query := `{"kind":"view","version":1,"view":"v","measures":["v.a"],"limit":100000,"format":"table"}`
	answer := ask(t, source(t, fake.URL, "{}"), context.Background(), query)["A"]
	require.EqualError(t, answer.Error, "the limit 100000 is out of range: at most 49999 rows")
	require.Empty(t, fake.calls)
}

func TestAmountsKeepTheirCurrencyAndFramesTheirType(t *testing.T) {
	frames, _ := framesOf(t, `"measures":["v.b"],"dimensions":["v.name"],`+byMonth+`,"format":"time_series"`, nil)
	require.Len(t, frames, 2, "one series for each name")
	for _, frame := range frames {
		require.Equal(t, data.FrameTypeTimeSeriesMulti, frame.Meta.Type)
		require.Equal(t, data.FrameTypeVersion{0, 1}, frame.Meta.TypeVersion)
		require.Equal(t, "currencyEUR", frame.Fields[1].Config.Unit)
		require.NotEmpty(t, frame.Fields[1].Labels["name"])
	}
}

func TestResourcesShowNeitherFilesNorTables(t *testing.T) {
	fake := newFakeCube(t, withMeta(always(http.StatusOK, sqlAnswer)))
	meta := string(resource(t, source(t, fake.URL, "{}"), viewer(), http.MethodGet, "meta").Body)
	for _, inner := range []string{"fileName", "sql", "yml", "subscriptions"} {
		require.False(t, strings.Contains(meta, inner), inner)
	}
}
