// Package cube speaks Cube's REST API.
package cube

// Query in Cube's own form.
type Query struct {
	Measures       []string        `json:"measures,omitempty"`
	Dimensions     []string        `json:"dimensions,omitempty"`
	TimeDimensions []TimeDimension `json:"timeDimensions,omitempty"`
	Filters        []any           `json:"filters,omitempty"`
	Segments       []string        `json:"segments,omitempty"`
	Order          [][2]string     `json:"order,omitempty"`
	Limit          int             `json:"limit"`
	TimeZone       string          `json:"timezone,omitempty"`
	// ResponseFormat of data is always columnar: a fraction of the bytes of row objects.
	ResponseFormat string `json:"responseFormat,omitempty"`
}

// TimeDimension with the wall-clock range (in the query's time zone) that it is cut to.
type TimeDimension struct {
	Dimension   string   `json:"dimension"`
	Granularity string   `json:"granularity,omitempty"`
	DateRange   []string `json:"dateRange,omitempty"`
}
