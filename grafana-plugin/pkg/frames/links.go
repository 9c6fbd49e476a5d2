package frames

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fairunderwriting/analytics-app/pkg/model"
)

// addLinks gives every figure a link to Explore that breaks it down by the dimensions of the query's `drillDown`,
// filtered by what the row or the series stands for, over the whole range of time.
func addLinks(frames data.Frames, query model.Query, columns answerColumns, source Source) error {
	if len(query.DrillDown) == 0 || source.UID == "" || slices.ContainsFunc(columns.dimensions, isTime) {
		return nil
	}
	for _, frame := range frames {
		for _, field := range frame.Fields {
			if !isFigure(field, columns) {
				continue
			}
			internal, err := drillDown(query, rowFilters(field, columns), source)
			if err != nil {
				return err
			}
			field.Config.Links = append(field.Config.Links, data.DataLink{Title: linkTitle(query, columns), Internal: internal})
		}
	}
	return nil
}

// isTime: a cell shows a time in the viewer's zone and format, which is no value to filter by.
func isTime(dimension column) bool { return dimension.about.Type == "time" }

func isFigure(field *data.Field, columns answerColumns) bool {
	return slices.ContainsFunc(columns.measures, func(measure column) bool { return measure.shortName() == field.Name })
}

func linkTitle(query model.Query, columns answerColumns) string {
	title := "Break down by " + strings.Join(shortNames(query.DrillDown), ", ")
	if columns.time != nil {
		title += " (whole time range)"
	}
	return title
}

func shortNames(members []string) []string {
	names := make([]string, len(members))
	for index, member := range members {
		names[index] = column{member: member}.shortName()
	}
	return names
}

// rowFilters hold a series by its labels, and a row of a table by the variables that a panel fills in.
func rowFilters(field *data.Field, columns answerColumns) []model.Filter {
	filters := []model.Filter{}
	for _, dimension := range columns.dimensions {
		name := dimension.shortName()
		label, isSeries := field.Labels[name]
		filter := model.Filter{Member: dimension.member, Operator: "equals", Values: []string{label}}
		switch {
		case isSeries && label == missing:
			filter = model.Filter{Member: dimension.member, Operator: "notSet"}
		case isSeries && label == emptyText:
			filter.Values = []string{""}
		case isSeries:
		case dimension.about.Type == "number":
			filter.Values = []string{fmt.Sprintf("${__data.fields[%q].numeric}", name)}
		default:
			filter.Values = []string{fmt.Sprintf("${__data.fields[%q].text}", name)}
		}
		filters = append(filters, filter)
	}
	return filters
}

func drillDown(query model.Query, filters []model.Filter, source Source) (*data.InternalDataLink, error) {
	query.Filters = slices.Concat(query.Filters, filters)
	query.Dimensions, query.DrillDown = query.DrillDown, nil
	query.Format, query.Compare, query.Order, query.AdHoc, query.Limit = model.Table, "", nil, nil, 0
	if query.TimeDimension != nil {
		query.TimeDimension = &model.TimeDimension{Dimension: query.TimeDimension.Dimension}
	}
	// As JSON: what is empty has no place in a link.
	text, err := json.Marshal(query)
	if err != nil {
		return nil, fmt.Errorf("the link could not be written: %w", err)
	}
	var body map[string]any
	if err := json.Unmarshal(text, &body); err != nil {
		return nil, fmt.Errorf("the link could not be written: %w", err)
	}
	for name, value := range body {
		if value == nil || value == "" || value == float64(0) {
			delete(body, name)
		}
	}
	body["refId"] = "A"
	return &data.InternalDataLink{Query: body, DatasourceUID: source.UID, DatasourceName: source.Name}, nil
}
