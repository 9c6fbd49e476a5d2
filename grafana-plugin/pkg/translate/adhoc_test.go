package translate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
)

var labs = &cube.View{Name: "labs", Dimensions: []cube.MetaMember{
	{Name: "labs.name", ShortTitle: "Lab"}, {Name: "labs.tests", ShortTitle: "Tests", Type: "number"},
}}

func TestAdHocFilters(t *testing.T) {
	for _, test := range []struct {
		key, operator, value string
		want                 model.Filter
	}{
		{"name", "=", "North", model.Filter{Member: "labs.name", Operator: "equals", Values: []string{"North"}}},
		{"labs.name", "!=", "North", model.Filter{Member: "labs.name", Operator: "notEquals", Values: []string{"North"}}},
		{"Lab", "=", "North", model.Filter{Member: "labs.name", Operator: "equals", Values: []string{"North"}}},
		{"tests", "<", "5", model.Filter{Member: "labs.tests", Operator: "lt", Values: []string{"5"}}},
		{"tests", ">=", "5", model.Filter{Member: "labs.tests", Operator: "gte", Values: []string{"5"}}},
		{"name", "=~", "N.*", model.Filter{Member: "labs.name", Operator: "startsWith", Values: []string{"N"}}},
		{"name", "=~", "^N.*$", model.Filter{Member: "labs.name", Operator: "startsWith", Values: []string{"N"}}},
		{"name", "!~", ".*th", model.Filter{Member: "labs.name", Operator: "notEndsWith", Values: []string{"th"}}},
		{"name", "=~", ".*or.*", model.Filter{Member: "labs.name", Operator: "contains", Values: []string{"or"}}},
		{"name", "=~", "North|South", model.Filter{Member: "labs.name", Operator: "equals", Values: []string{"North", "South"}}},
		{"name", "!~", "North", model.Filter{Member: "labs.name", Operator: "notEquals", Values: []string{"North"}}},
	} {
		query := model.Query{View: "labs", AdHoc: []model.AdHocFilter{{Key: test.key, Operator: test.operator, Values: []string{test.value}}}}
		got, skipped := WithAdHoc(query, labs)
		require.Empty(t, skipped)
		require.Equal(t, []model.Filter{test.want}, got.Filters, test.operator+" "+test.value)
	}
}

func TestSeveralValuesOfAnAdHocFilter(t *testing.T) {
	query := model.Query{View: "labs", AdHoc: []model.AdHocFilter{{Key: "name", Operator: "=|", Values: []string{"North", "South"}}}}
	got, _ := WithAdHoc(query, labs)
	require.Equal(t, []model.Filter{{Member: "labs.name", Operator: "equals", Values: []string{"North", "South"}}}, got.Filters)
}

func TestAdHocFiltersOfOtherViewsAreToldAndThoseWithoutValueIgnored(t *testing.T) {
	own := model.Filter{Member: "labs.name", Operator: "set"}
	query := model.Query{View: "labs", Filters: []model.Filter{own}, AdHoc: []model.AdHocFilter{
		{Key: "state", Operator: "=", Values: []string{"NY"}}, {Key: "name", Operator: "=", Values: []string{""}}, {Key: "name", Operator: "="},
	}}
	got, skipped := WithAdHoc(query, labs)
	require.Equal(t, []string{"state"}, skipped)
	require.Equal(t, []model.Filter{own}, got.Filters)
	_, skipped = WithAdHoc(query, nil)
	require.Equal(t, []string{"state"}, skipped)
}

func TestAnExpressionThatCubeCannotEvaluateIsNamed(t *testing.T) {
	for _, expression := range []string{"N(or|ou)th", `N\d`, ".*", "a+", "N.*|S.*"} {
		query := model.Query{View: "labs", AdHoc: []model.AdHocFilter{{Key: "name", Operator: "=~", Values: []string{expression}}}}
		got, _ := WithAdHoc(query, labs)
		require.Equal(t, "=~ "+expression, got.Filters[0].Operator, expression)
	}
}
