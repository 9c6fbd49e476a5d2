package frames

import (
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

const (
	currentPeriod  = "current"
	previousPeriod = "previous"
)

// named tells the figures of the previous period apart where they are read by name.
func named(name, period string) string {
	if period == previousPeriod {
		return name + ", previous period"
	}
	return name
}

// compare puts the figures of the previous period beside the current ones: as series and numbers of the same frame
// type with the label `period`, or as further columns of a table.
func compare(current Part, columns answerColumns, previous Part, options Options) (data.Frames, error) {
	before, err := pick(previous.Plan, previous.Answer)
	if err != nil {
		return nil, err
	}
	if current.Plan.Model.Format == model.Table && !options.ForExpression {
		return table(beside(columns, before, !current.cut()), options)
	}
	columns.period, before.period = currentPeriod, previousPeriod
	var result data.Frames
	for _, side := range []answerColumns{columns, before} {
		shaped, err := shape(current.Plan, side, options)
		if err != nil {
			return nil, err
		}
		result = append(result, shaped...)
	}
	return result, nil
}

// moved writes the buckets of the previous period as those of the current one, in Cube's own form.
func moved(values []cube.Value, plan translate.Plan) ([]cube.Value, error) {
	result := make([]cube.Value, len(values))
	for row, value := range values {
		bucket, defined, err := instant(value, plan.Location)
		if err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", plan.TimeColumn, row+1, err)
		}
		if defined {
			value.Text = plan.Shift(bucket).In(plan.Location).Format(bucketTime)
		}
		result[row] = value
	}
	return result, nil
}

// bucketTime is how Cube writes the beginning of a bucket.
const bucketTime = "2006-01-02T15:04:05.000"

// beside joins two answers by their buckets and dimensions, each measure followed by that of the previous period.
// Rows that only the previous period has come last, if the current ones are known to be all there are.
func beside(current, previous answerColumns, complete bool) answerColumns {
	rows := map[string]int{}
	for row := range previous.rows {
		rows[rowKey(previous, row)] = row
	}
	// matches has the row of each side, -1 for none.
	matches := make([][2]int, current.rows)
	for row := range current.rows {
		key := rowKey(current, row)
		match, known := rows[key]
		if !known {
			match = -1
		}
		delete(rows, key)
		matches[row] = [2]int{row, match}
	}
	for row := 0; complete && row < previous.rows; row++ {
		if _, left := rows[rowKey(previous, row)]; left {
			matches = append(matches, [2]int{-1, row})
		}
	}
	result := answerColumns{rows: len(matches)}
	if current.time != nil {
		merged := merge(*current.time, *previous.time, matches)
		result.time = &merged
	}
	for index, dimension := range current.dimensions {
		result.dimensions = append(result.dimensions, merge(dimension, previous.dimensions[index], matches))
	}
	for index, measure := range current.measures {
		measure.values = chosen(measure.values, matches, 0)
		before := previous.measures[index]
		before.values = chosen(before.values, matches, 1)
		before.about.ShortTitle = named(before.title(), previousPeriod)
		before.suffix = "_" + previousPeriod
		result.measures = append(result.measures, measure, before)
	}
	return result
}

func rowKey(columns answerColumns, row int) string {
	key := labelKey(columns.dimensions, row)
	if columns.time != nil {
		key += columns.time.values[row].Text
	}
	return key
}

// merge takes each value from whichever side has the row.
func merge(current, previous column, matches [][2]int) column {
	values := make([]cube.Value, len(matches))
	for row, match := range matches {
		if match[0] >= 0 {
			values[row] = current.values[match[0]]
		} else {
			values[row] = previous.values[match[1]]
		}
	}
	current.values = values
	return current
}

// chosen takes the values of one side; null where it has no such row.
func chosen(values []cube.Value, matches [][2]int, side int) []cube.Value {
	result := make([]cube.Value, len(matches))
	for row, match := range matches {
		if match[side] < 0 {
			result[row].Null = true
		} else {
			result[row] = values[match[side]]
		}
	}
	return result
}
