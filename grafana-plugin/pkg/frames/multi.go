package frames

import (
	"fmt"
	"slices"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// version of the frame types that are emitted here.
var version = data.FrameTypeVersion{0, 1}

// timeSeriesMulti makes a frame for each measure and label set, as alert rules and time series panels want them. A row
// without a time has no place on a series.
func timeSeriesMulti(columns answerColumns, options Options) (data.Frames, error) {
	times, err := columns.time.field(options.Location, options.Currency)
	if err != nil {
		return nil, err
	}
	return eachSeries(columns, options, data.FrameTypeTimeSeriesMulti, func(set *labelSet, value *data.Field) *data.Frame {
		dated := slices.DeleteFunc(slices.Clone(set.rows), times.NilAt)
		return data.NewFrame("", instants(times, dated), subset(value, dated))
	})
}

// numericMulti makes a frame for each measure and row: what server-side expressions take as numbers with labels,
// whatever the types of the dimensions are.
func numericMulti(columns answerColumns, options Options) (data.Frames, error) {
	return eachSeries(columns, options, data.FrameTypeNumericMulti, func(set *labelSet, value *data.Field) *data.Frame {
		return data.NewFrame("", subset(value, set.rows[:1]))
	})
}

func eachSeries(
	columns answerColumns, options Options, kind data.FrameType, build func(*labelSet, *data.Field) *data.Frame,
) (data.Frames, error) {
	meta := func() *data.FrameMeta { return &data.FrameMeta{Type: kind, TypeVersion: version} }
	sets := labelSets(columns.dimensions, columns.rows)
	several := len(columns.measures) > 1
	result := data.Frames{}
	for _, measure := range columns.measures {
		if measure.about.Type == "string" || measure.about.Type == "time" {
			return nil, fmt.Errorf("%w: %s is not a number, show it in a table", ErrUnsuitable, measure.member)
		}
		values, err := measure.field(options.Location, options.Currency)
		if err != nil {
			return nil, err
		}
		for _, set := range sets {
			frame := build(set, values).SetMeta(meta())
			value := frame.Fields[len(frame.Fields)-1]
			value.Labels = set.with(measure, several, columns.period)
			value.Config.DisplayNameFromDS = named(set.displayName(measure, several), columns.period)
			result = append(result, frame)
		}
	}
	if len(result) == 0 {
		result = append(result, data.NewFrame("").SetMeta(meta()))
	}
	return result, nil
}

// instants copies the chosen rows of a field of times without room for null: expressions read no other.
func instants(field *data.Field, rows []int) *data.Field {
	result := data.NewFieldFromFieldType(data.FieldTypeTime, len(rows))
	result.Name = field.Name
	config := *field.Config
	result.Config = &config
	for to, from := range rows {
		if at, ok := field.ConcreteAt(from); ok {
			result.Set(to, at)
		}
	}
	return result
}

// subset copies the chosen rows of a field, with a configuration of its own.
func subset(field *data.Field, rows []int) *data.Field {
	result := data.NewFieldFromFieldType(field.Type(), len(rows))
	result.Name = field.Name
	config := *field.Config
	result.Config = &config
	for to, from := range rows {
		result.Set(to, field.At(from))
	}
	return result
}
