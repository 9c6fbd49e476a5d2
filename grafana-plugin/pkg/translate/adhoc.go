package translate

import (
	"slices"
	"strings"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
)

// operators of Grafana's ad hoc filters, in Cube's words.
var adHocOperators = map[string]string{
	"=": "equals", "=|": "equals", "!=": "notEquals", "!=|": "notEquals",
	"<": "lt", "<=": "lte", ">": "gt", ">=": "gte",
}

// WithAdHoc adds the dashboard's filters that the view has a dimension for.
// It gives the names of the others, which the panel's figures do not follow.
func WithAdHoc(query model.Query, view *cube.View) (model.Query, []string) {
	var skipped []string
	query.Filters = slices.Clone(query.Filters)
	for _, filter := range query.AdHoc {
		if len(filter.Values) == 0 || (len(filter.Values) == 1 && filter.Values[0] == "") {
			continue // not chosen yet
		}
		dimension := findDimension(view, filter.Key)
		if dimension == nil {
			skipped = append(skipped, filter.Key)
			continue
		}
		query.Filters = append(query.Filters, adHocFilter(dimension.Name, filter))
	}
	return query, skipped
}

// findDimension takes a name with or without its view, or a title: what a panel's cells offer to filter by.
func findDimension(view *cube.View, key string) *cube.MetaMember {
	if view == nil {
		return nil
	}
	name := key[strings.LastIndex(key, ".")+1:]
	for index, dimension := range view.Dimensions {
		if dimension.Name == view.Name+"."+name || dimension.ShortTitle == key {
			return &view.Dimensions[index]
		}
	}
	return nil
}

// adHocFilter writes a filter in Cube's words. An expression that Cube has no operator for keeps Grafana's, and is
// refused by name later on: figures that ignore a filter would be wrong without a word.
func adHocFilter(member string, filter model.AdHocFilter) model.Filter {
	if operator, known := adHocOperators[filter.Operator]; known {
		return model.Filter{Member: member, Operator: operator, Values: filter.Values}
	}
	if len(filter.Values) == 1 && (filter.Operator == "=~" || filter.Operator == "!~") {
		if operator, values := pattern(filter.Values[0], filter.Operator == "!~"); operator != "" {
			return model.Filter{Member: member, Operator: operator, Values: values}
		}
	}
	return model.Filter{Member: member, Operator: filter.Operator + " " + strings.Join(filter.Values, ", "), Values: filter.Values}
}

const wildcard = ".*"

// pattern translates the regular expressions that are mere wildcards or lists: M.*, .*M, .*M.*, A|B. Others give none.
func pattern(expression string, negated bool) (operator string, values []string) {
	body := strings.TrimSuffix(strings.TrimPrefix(expression, "^"), "$")
	starts, ends := !strings.HasPrefix(body, wildcard), !strings.HasSuffix(body, wildcard)
	body = strings.TrimSuffix(strings.TrimPrefix(body, wildcard), wildcard)
	for _, part := range strings.Split(body, "|") {
		if part == "" || strings.ContainsAny(part, `\.+*?()[]{}^$`) {
			return "", nil
		}
		values = append(values, part)
	}
	if len(values) > 1 && !(starts && ends) {
		return "", nil
	}
	names := map[[2]bool][2]string{
		{true, true}:   {"equals", "notEquals"},
		{true, false}:  {"startsWith", "notStartsWith"},
		{false, true}:  {"endsWith", "notEndsWith"},
		{false, false}: {"contains", "notContains"},
	}[[2]bool{starts, ends}]
	if negated {
		return names[1], values
	}
	return names[0], values
}
