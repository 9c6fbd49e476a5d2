package frames

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

// column is one member of an answer with its values.
type column struct {
	member  string
	about   cube.Member
	values  []cube.Value
	measure bool
	// filterable columns offer their values as filters in a panel's cells.
	filterable bool
	// suffix of the field's name, where one member has two columns.
	suffix string
}

// shortName is the member without its view: what labels and fields are called.
func (c column) shortName() string {
	parts := strings.Split(c.member, ".")
	if len(parts) < 2 {
		return c.member
	}
	return parts[1] + c.suffix
}

func (c column) title() string {
	return firstOf(c.about.ShortTitle, c.about.Title, c.shortName())
}

// config has what a panel shows of a field: title, description, unit.
func (c column) config(currency string) *data.FieldConfig {
	config := &data.FieldConfig{DisplayNameFromDS: c.title(), Description: strings.TrimSpace(c.about.Description)}
	config.Unit, config.Decimals = unit(c.about, currency)
	if config.Unit == "" && c.measure && c.about.Type == "number" {
		// With separators of thousands. Not for dimensions: years and identifiers have none.
		config.Unit = "locale"
	}
	if c.filterable {
		config.Filterable = &c.filterable
	}
	return config
}

// answerColumns are the columns of an answer by their part in the query.
type answerColumns struct {
	time       *column
	dimensions []column
	measures   []column
	rows       int
	// period tells the two sides of a comparison apart; empty without one.
	period string
}

// pick finds the columns that the query asked for, in its order.
func pick(plan translate.Plan, answer cube.Answer) (answerColumns, error) {
	result := answerColumns{rows: min(answer.Data.Rows(), plan.Limit)}
	find := func(member string, annotation map[string]cube.Member) (column, error) {
		values := answer.Data.Column(member)
		if values == nil && answer.Data.Rows() > 0 {
			return column{}, fmt.Errorf("Cube's answer has no column %s", member)
		}
		return column{member: member, about: annotation[member], values: inOrder(values, result.rows, plan.NewestFirst)}, nil
	}
	if plan.TimeColumn != "" {
		found, err := find(plan.TimeColumn, answer.Annotation.TimeDimensions)
		if err != nil {
			return result, err
		}
		if plan.Shift != nil {
			if found.values, err = moved(found.values, plan); err != nil {
				return result, err
			}
		}
		result.time = &found
	}
	for _, part := range []struct {
		members    []string
		annotation map[string]cube.Member
		to         *[]column
	}{
		{plan.Model.Dimensions, answer.Annotation.Dimensions, &result.dimensions},
		{plan.Model.Measures, answer.Annotation.Measures, &result.measures},
	} {
		for _, member := range part.members {
			found, err := find(member, part.annotation)
			if err != nil {
				return result, err
			}
			found.measure = part.to == &result.measures
			found.filterable = !found.measure
			*part.to = append(*part.to, found)
		}
	}
	return result, nil
}

// inOrder cuts the row that was asked beyond the limit, and puts newest-first rows into ascending time.
func inOrder(values []cube.Value, rows int, newestFirst bool) []cube.Value {
	values = values[:min(rows, len(values))]
	if newestFirst {
		slices.Reverse(values)
	}
	return values
}

// field is the typed field of a column.
func (c column) field(location *time.Location, currency string) (*data.Field, error) {
	var field *data.Field
	var err error
	switch c.about.Type {
	case "number":
		field, err = typed(c, number)
	case "boolean":
		field, err = typed(c, boolean)
	case "time":
		field, err = typed(c, func(value cube.Value) (time.Time, bool, error) { return instant(value, location) })
	default:
		field, err = typed(c, text)
	}
	if err != nil {
		return nil, err
	}
	field.Config = c.config(currency)
	return field, nil
}

// typed keeps the values of a column in one piece of memory, with pointers to those that are not null.
func typed[T any](c column, parse func(cube.Value) (T, bool, error)) (*data.Field, error) {
	store := make([]T, len(c.values))
	values := make([]*T, len(c.values))
	for row, value := range c.values {
		parsed, defined, err := parse(value)
		if err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", c.member, row+1, err)
		}
		if defined {
			store[row] = parsed
			values[row] = &store[row]
		}
	}
	return data.NewField(c.shortName(), nil, values), nil
}
