package frames

import (
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/model"
)

var here = Source{UID: "cube-1", Name: "Cube"}

func linkOf(t *testing.T, field *data.Field) (string, map[string]any) {
	t.Helper()
	require.Len(t, field.Config.Links, 1)
	link := field.Config.Links[0]
	require.Equal(t, "cube-1", link.Internal.DatasourceUID)
	query, ok := link.Internal.Query.(map[string]any)
	require.True(t, ok)
	return link.Title, query
}

func TestARowOfATableIsBrokenDown(t *testing.T) {
	own := model.Filter{Member: "labs.active", Operator: "set"}
	frames, err := shaped(t, "table", model.Query{
		Kind: "view", Version: 1, View: "labs", Format: model.Table, Limit: 50, DrillDown: []string{"labs.active"},
		Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name", "labs.zone"}, Filters: []model.Filter{own},
		Order: []model.Order{{Member: "labs.zone", Direction: "asc"}},
	}, Options{Source: here})
	require.NoError(t, err)
	fields := frames[0].Fields
	require.Empty(t, fields[0].Config.Links)
	title, query := linkOf(t, fields[2])
	require.Equal(t, "Break down by active", title)
	require.Equal(t, map[string]any{
		"refId": "A", "kind": "view", "version": 1.0, "view": "labs", "format": "table",
		"measures": []any{"labs.tests"}, "dimensions": []any{"labs.active"},
		"filters": []any{
			map[string]any{"member": "labs.active", "operator": "set"},
			map[string]any{"member": "labs.name", "operator": "equals", "values": []any{`${__data.fields["name"].text}`}},
			map[string]any{"member": "labs.zone", "operator": "equals", "values": []any{`${__data.fields["zone"].numeric}`}},
		},
	}, query)
}

func TestASeriesIsBrokenDownByItsLabels(t *testing.T) {
	frames, err := shaped(t, "time", model.Query{
		Kind: "view", Version: 1, View: "labs", Format: model.TimeSeries, DrillDown: []string{"labs.zone"},
		Measures: []string{"labs.tests"}, Dimensions: []string{"labs.name"}, TimeDimension: monthly,
	}, Options{Source: here})
	require.NoError(t, err)
	filters := map[string]any{}
	for _, frame := range frames {
		title, query := linkOf(t, frame.Fields[1])
		require.Equal(t, "Break down by zone (whole time range)", title)
		require.Equal(t, map[string]any{"dimension": "labs.date", "granularity": ""}, query["timeDimension"])
		filters[frame.Fields[1].Labels["name"]] = query["filters"]
	}
	require.Equal(t, []any{map[string]any{"member": "labs.name", "operator": "equals", "values": []any{"North"}}}, filters["North"])
	require.Equal(t, []any{map[string]any{"member": "labs.name", "operator": "notSet"}}, filters["(none)"])
}

func TestRowsThatCannotBeFilteredHaveNoLink(t *testing.T) {
	query := model.Query{
		Format: model.Table, DrillDown: []string{"labs.name"}, Measures: []string{"labs.tests"}, Dimensions: []string{"labs.since"},
	}
	frames, err := shaped(t, "table", query, Options{Source: here})
	require.NoError(t, err)
	require.Empty(t, frames[0].Fields[1].Config.Links)

	query.Dimensions = []string{"labs.name"}
	frames, err = shaped(t, "table", query, Options{Source: here, ForExpression: true})
	require.NoError(t, err)
	require.Empty(t, frames[0].Fields[0].Config.Links)
}
