package frames

import (
	"errors"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

// Options of shaping.
type Options struct {
	// Location is the zone of timestamps that name none.
	Location *time.Location
	// Currency of amounts whose member names none.
	Currency string
	// ForExpression shapes a table for alert rules and expressions, which take series or labelled numbers only.
	ForExpression bool
	// Source makes the links of a query that drills down.
	Source Source
}

// Source is the data source that links lead back to.
type Source struct{ UID, Name string }

// Part is a query with its answer.
type Part struct {
	Plan   translate.Plan
	Answer cube.Answer
}

// ErrUnsuitable marks a query whose answer cannot take the shape that was asked for.
var ErrUnsuitable = errors.New("the query does not fit its format")

// FromAnswer shapes an answer, beside that of the previous period where the query compares; nil where it does not.
// A cut answer carries a notice.
func FromAnswer(current Part, previous *Part, options Options) (data.Frames, error) {
	columns, err := pick(current.Plan, current.Answer)
	if err != nil {
		return nil, err
	}
	var result data.Frames
	if previous == nil {
		result, err = shape(current.Plan, columns, options)
	} else {
		result, err = compare(current, columns, *previous, options)
	}
	if err != nil {
		return nil, err
	}
	if !options.ForExpression {
		if err := addLinks(result, current.Plan.Model, columns, options.Source); err != nil {
			return nil, err
		}
	}
	if current.cut() {
		result[0].AppendNotices(cutNotice(current.Plan))
	}
	if previous != nil && previous.cut() {
		result[0].AppendNotices(previousCutNotice(previous.Plan))
	}
	return result, nil
}

// cut tells whether there are more rows than may be shown.
func (p Part) cut() bool { return p.Answer.Data.Rows() > p.Plan.Limit }

func shape(plan translate.Plan, columns answerColumns, options Options) (data.Frames, error) {
	switch {
	case plan.Model.Format == model.TimeSeries:
		return timeSeriesMulti(columns, options)
	case !options.ForExpression:
		return table(columns, options)
	case len(columns.measures) == 0:
		return nil, fmt.Errorf("%w: an alert rule or expression needs at least one measure", ErrUnsuitable)
	case columns.time != nil:
		return timeSeriesMulti(columns, options)
	}
	return numericMulti(columns, options)
}

func cutNotice(plan translate.Plan) data.Notice {
	which := "first"
	if plan.NewestFirst {
		which = "newest"
	}
	return data.Notice{
		Severity: data.NoticeSeverityWarning,
		Text:     fmt.Sprintf("There are more rows: only the %s %d are shown. Raise the limit, filter, or choose a coarser granularity.", which, plan.Limit),
	}
}

func previousCutNotice(plan translate.Plan) data.Notice {
	return data.Notice{
		Severity: data.NoticeSeverityWarning,
		Text:     fmt.Sprintf("The previous period has more than %d rows: some figures are not compared. Filter, or choose a coarser granularity.", plan.Limit),
	}
}
