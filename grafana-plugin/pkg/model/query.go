// Package model is the query as panels, alert rules and dashboards store it: the twin of src/datasource/query.ts.
package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Version of the stored query. It grows when a stored query would otherwise change its meaning.
const Version = 1

// MaxRows that one query can ask for: Cube answers at most 50,000, and one row more than the limit is asked.
const MaxRows = 49_999

// Format of the answer.
type Format string

// Formats of an answer.
const (
	TimeSeries Format = "time_series"
	Table      Format = "table"
)

// AutoGranularity is chosen by the interval of the request.
const AutoGranularity = "auto"

// Query asks one view. Kind tells it from queries of another nature.
type Query struct {
	Kind          string         `json:"kind"`
	Version       int            `json:"version"`
	View          string         `json:"view"`
	Measures      []string       `json:"measures"`
	Dimensions    []string       `json:"dimensions"`
	TimeDimension *TimeDimension `json:"timeDimension"`
	Filters       []Filter       `json:"filters"`
	Segments      []string       `json:"segments"`
	Order         []Order        `json:"order"`
	Limit         int            `json:"limit"`
	Format        Format         `json:"format"`
	TimeZone      string         `json:"timeZone"`
}

// TimeDimension is what the time range of the request applies to.
type TimeDimension struct {
	Dimension string `json:"dimension"`
	// Granularity gives a time column; empty means that the range only filters.
	Granularity string `json:"granularity"`
}

// Order of the rows by one member.
type Order struct {
	Member    string `json:"member"`
	Direction string `json:"direction"`
}

// Parse reads a stored query and checks everything that can be checked without asking Cube.
func Parse(text []byte) (Query, error) {
	var query Query
	if err := json.Unmarshal(text, &query); err != nil {
		return Query{}, fmt.Errorf("the query is not valid: %w", err)
	}
	return query, query.check()
}

func (q Query) check() error {
	if q.Kind != "view" {
		return fmt.Errorf("this version of the data source knows no queries of kind %q", q.Kind)
	}
	if q.Version != Version {
		return fmt.Errorf("the query has version %d; this data source reads version %d", q.Version, Version)
	}
	if q.View == "" {
		return fmt.Errorf("choose a view")
	}
	if len(q.Measures)+len(q.Dimensions) == 0 && !q.HasTimeColumn() {
		return fmt.Errorf("choose at least one measure or dimension")
	}
	if !slices.Contains([]Format{TimeSeries, Table}, q.Format) {
		return fmt.Errorf("unknown format %q: use time_series or table", q.Format)
	}
	if q.Format == TimeSeries && (!q.HasTimeColumn() || len(q.Measures) == 0) {
		return fmt.Errorf("a time series needs a measure and a time dimension with a granularity")
	}
	if q.Limit < 0 || q.Limit > MaxRows {
		return fmt.Errorf("the limit %d is out of range: at most %d rows", q.Limit, MaxRows)
	}
	for _, order := range q.Order {
		if order.Direction != "asc" && order.Direction != "desc" {
			return fmt.Errorf("unknown direction %q for %s: use asc or desc", order.Direction, order.Member)
		}
	}
	return q.checkMembers()
}

// checkMembers refuses members of another view: the numbers of one view never follow another's dimensions.
func (q Query) checkMembers() error {
	members := slices.Concat(q.Measures, q.Dimensions, q.Segments)
	if q.TimeDimension != nil {
		members = append(members, q.TimeDimension.Dimension)
	}
	for _, order := range q.Order {
		members = append(members, order.Member)
	}
	for _, filter := range q.Filters {
		if err := filter.check(0); err != nil {
			return err
		}
		members = filter.appendMembers(members)
	}
	for _, member := range members {
		if !strings.HasPrefix(member, q.View+".") {
			return fmt.Errorf("%q is not a member of the view %q", member, q.View)
		}
	}
	return nil
}

// HasTimeColumn tells whether the answer has a time column of its own.
func (q Query) HasTimeColumn() bool {
	return q.TimeDimension != nil && q.TimeDimension.Granularity != ""
}
