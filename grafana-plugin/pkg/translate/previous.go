package translate

import (
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/settings"
)

// Previous plans the same query over the period before. It asks as many rows as Cube gives, in no order of its own:
// they are matched with those of the current period, whichever these are.
func Previous(current Plan, timeRange backend.TimeRange, interval time.Duration, config settings.Settings) (Plan, error) {
	query := current.Model
	if query.Format != model.TimeSeries {
		query.Order = nil
	}
	query.Limit = model.MaxRows
	if query.HasTimeColumn() {
		// The current period decides the granularity: `auto` would give the same, as both are equally long.
		dimension := *query.TimeDimension
		dimension.Granularity = current.Query.TimeDimensions[0].Granularity
		query.TimeDimension = &dimension
	}
	previous := previousRange(timeRange, current.Location)
	plan, err := ToCube(query, previous, interval, config)
	if err == nil && query.HasTimeColumn() {
		plan.Shift = shift(query.TimeDimension.Granularity, previous.From, timeRange.From, current.Location)
	}
	return plan, err
}

// previousRange is as long as the range and ends where it begins. Whole months and days count as such, so that the
// year before has as many months, and a day is a day where clocks change.
func previousRange(current backend.TimeRange, location *time.Location) backend.TimeRange {
	from, to := current.From.In(location), current.To.In(location)
	// The last millisecond of a day belongs to it: Grafana's ranges end there.
	end := to.Add(time.Millisecond).Truncate(time.Millisecond)
	rest := end.Sub(to)
	switch {
	case startsMonth(from) && startsMonth(end):
		months := (end.Year()-from.Year())*12 + int(end.Month()-from.Month())
		return backend.TimeRange{From: from.AddDate(0, -months, 0), To: from.Add(-rest)}
	case startsDay(from) && startsDay(end):
		return backend.TimeRange{From: from.AddDate(0, 0, -days(from, end)), To: from.Add(-rest)}
	}
	return backend.TimeRange{From: from.Add(from.Sub(to)), To: from.Add(-time.Millisecond)}
}

func startsMonth(moment time.Time) bool { return moment.Day() == 1 && startsDay(moment) }

func startsDay(moment time.Time) bool {
	year, month, date := moment.Date()
	return moment.Equal(time.Date(year, month, date, 0, 0, 0, 0, moment.Location()))
}

// days between two midnights; those on which clocks change count as one.
func days(from, to time.Time) int {
	return int((civil(to).Sub(civil(from))) / day)
}

// civil is the same clock time in a zone without changes of the clock.
func civil(moment time.Time) time.Time {
	year, month, date := moment.Date()
	hour, minute, second := moment.Clock()
	return time.Date(year, month, date, hour, minute, second, moment.Nanosecond(), time.UTC)
}

// shift lays the first bucket of the previous period on the first of the current one, the second on the second, and so
// on. A granularity of the model's own is moved by the distance of the two.
func shift(granularity string, previous, current time.Time, location *time.Location) func(time.Time) time.Time {
	distance := current.Sub(previous)
	months := map[string]int{"month": 1, "quarter": 3, "year": 12}[granularity]
	if months > 0 {
		count := monthNumber(current.In(location))/months - monthNumber(previous.In(location))/months
		return func(moment time.Time) time.Time { return moment.In(location).AddDate(0, count*months, 0).UTC() }
	}
	width := map[string]int{"day": 1, "week": 7}[granularity]
	if width > 0 {
		count := dayNumber(current.In(location))/width - dayNumber(previous.In(location))/width
		return func(moment time.Time) time.Time { return moment.In(location).AddDate(0, 0, count*width).UTC() }
	}
	for _, known := range granularities {
		if known.name == granularity {
			distance = current.Truncate(known.length).Sub(previous.Truncate(known.length))
		}
	}
	return func(moment time.Time) time.Time { return moment.Add(distance).UTC() }
}

func monthNumber(moment time.Time) int { return moment.Year()*12 + int(moment.Month()) - 1 }

// dayNumber counts days from a Monday, so that whole weeks are ISO's.
func dayNumber(moment time.Time) int {
	year, month, date := moment.Date()
	return int((time.Date(year, month, date, 0, 0, 0, 0, time.UTC).Unix() - monday.Unix()) / int64(day/time.Second))
}

var monday = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
