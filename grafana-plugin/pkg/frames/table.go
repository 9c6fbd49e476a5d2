package frames

import (
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// table keeps the rows as they are: time, dimensions, measures. Text and numbers without a time are NumericLong,
// which is also what expressions read; anything else is a plain table.
func table(columns answerColumns, options Options) (data.Frames, error) {
	frame := data.NewFrame("")
	kind := data.FrameTypeNumericLong
	if len(columns.measures) == 0 {
		kind = data.FrameTypeTable
	}
	add := func(part column, fits bool) error {
		field, err := part.field(options.Location, options.Currency)
		if err != nil {
			return err
		}
		if !fits {
			kind = data.FrameTypeTable
		}
		frame.Fields = append(frame.Fields, field)
		return nil
	}
	if columns.time != nil {
		if err := add(*columns.time, false); err != nil {
			return nil, err
		}
	}
	for _, dimension := range columns.dimensions {
		if err := add(dimension, dimension.about.Type == "string"); err != nil {
			return nil, err
		}
	}
	for _, measure := range columns.measures {
		if err := add(measure, measure.about.Type == "number" || measure.about.Type == "boolean"); err != nil {
			return nil, err
		}
	}
	return data.Frames{frame.SetMeta(&data.FrameMeta{Type: kind, TypeVersion: version})}, nil
}
