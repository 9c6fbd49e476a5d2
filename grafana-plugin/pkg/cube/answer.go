package cube

import (
	"encoding/json"
	"time"
)

// Answer to a query: columns of raw JSON values and what is known of each member.
type Answer struct {
	Annotation Annotation `json:"annotation"`
	Data       Columns    `json:"data"`
	// Rollups are the pre-aggregations that served the answer, by name.
	Rollups map[string]json.RawMessage `json:"usedPreAggregations"`
	// Polls counts how often Cube was asked until it had the answer; Took is the time of all of them.
	Polls int           `json:"-"`
	Took  time.Duration `json:"-"`
}

// Annotation describes the members of an answer.
type Annotation struct {
	Measures       map[string]Member `json:"measures"`
	Dimensions     map[string]Member `json:"dimensions"`
	TimeDimensions map[string]Member `json:"timeDimensions"`
}

// Member as Cube annotates it.
type Member struct {
	Title       string          `json:"title"`
	ShortTitle  string          `json:"shortTitle"`
	Description string          `json:"description"`
	Type        string          `json:"type"`
	Format      json.RawMessage `json:"format"`
	Currency    string          `json:"currency"`
	Meta        struct {
		Currency string `json:"currency"`
		// Unit in words, such as "hours".
		Unit string `json:"unit"`
	} `json:"meta"`
}

// Value is a scalar of an answer: text for numbers and times as well, as databases give them.
type Value struct {
	Text string
	Null bool
}

// Columns hold the rows, column by column.
type Columns struct {
	Members []string  `json:"members"`
	Columns [][]Value `json:"columns"`
}

// Rows counts the rows.
func (c Columns) Rows() int {
	if len(c.Columns) == 0 {
		return 0
	}
	return len(c.Columns[0])
}

// Column gives the values of a member; nil when the answer has none.
func (c Columns) Column(member string) []Value {
	for index, name := range c.Members {
		if name == member && index < len(c.Columns) {
			return c.Columns[index]
		}
	}
	return nil
}
