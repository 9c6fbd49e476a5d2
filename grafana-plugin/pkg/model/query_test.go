package model

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const base = `"kind":"view","version":1,"view":"revenue","format":"table"`

func TestParseAcceptsEveryOperatorAndNestedGroups(t *testing.T) {
	for _, operator := range withValues {
		_, err := Parse([]byte(`{` + base + `,"measures":["revenue.mrr"],"filters":[{"member":"revenue.state","operator":"` + operator + `","values":["x"]}]}`))
		require.NoError(t, err, operator)
	}
	query, err := Parse([]byte(`{` + base + `,"measures":["revenue.mrr"],"filters":[
		{"or":[{"member":"revenue.state","operator":"set"},{"and":[{"member":"revenue.channel","operator":"equals","values":["a","b"]}]}]}]}`))
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b"}, query.Filters[0].Or[1].And[0].Values)
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	for text, says := range map[string]string{
		`nonsense`:                    "not valid",
		`{"kind":"sql","version":1}`:  `kind "sql"`,
		`{"kind":"view","version":2}`: "version 2",
		`{"kind":"view","version":1}`: "choose a view",
		`{` + base + `}`:              "at least one measure",
		`{` + base + `,"measures":["revenue.mrr"],"limit":50000}`:                                                            "50000",
		`{` + base + `,"measures":["labs.count"]}`:                                                                           `"labs.count" is not a member of the view "revenue"`,
		`{` + base + `,"measures":["revenue.mrr"],"segments":["labs.open"]}`:                                                 "labs.open",
		`{` + base + `,"measures":["revenue.mrr"],"timeDimension":{"dimension":"labs.date"}}`:                                "labs.date",
		`{` + base + `,"measures":["revenue.mrr"],"order":[{"member":"revenue.mrr","direction":"up"}]}`:                      `direction "up"`,
		`{` + base + `,"measures":["revenue.mrr"],"order":[{"member":"labs.x","direction":"asc"}]}`:                          "labs.x",
		`{` + base + `,"measures":["revenue.mrr"],"filters":[{"operator":"set"}]}`:                                           "no member",
		`{` + base + `,"measures":["revenue.mrr"],"filters":[{"member":"revenue.state","operator":"regex","values":["x"]}]}`: `operator "regex"`,
		`{` + base + `,"measures":["revenue.mrr"],"filters":[{"member":"revenue.state","operator":"equals"}]}`:               "has no value",
		`{` + base + `,"measures":["revenue.mrr"],"filters":[{"or":[{"member":"labs.x","operator":"set"}]}]}`:                "labs.x",
		`{"kind":"view","version":1,"view":"revenue","format":"time_series","measures":["revenue.mrr"]}`:                     "time series needs",
		`{"kind":"view","version":1,"view":"revenue","format":"heatmap","measures":["revenue.mrr"]}`:                         "heatmap",
		`{` + base + `,"measures":["revenue.mrr"],"compare":"last_year","timeDimension":{"dimension":"revenue.as_of"}}`:      `comparison "last_year"`,
		`{` + base + `,"measures":["revenue.mrr"],"compare":"previous"}`:                                                     "needs a time dimension",
		`{` + base + `,"measures":["revenue.mrr"],"drillDown":["labs.name"]}`:                                                "labs.name",
	} {
		_, err := Parse([]byte(text))
		require.ErrorContains(t, err, says, text)
	}
}
