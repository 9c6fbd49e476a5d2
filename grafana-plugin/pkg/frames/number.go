// Package frames turns answers of Cube into typed data frames.
package frames

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

// timestamps as databases and Cube write them; those without a zone are read in the query's.
var timestamps = []string{
	"2006-01-02T15:04:05.999999999",
	time.RFC3339Nano,
	"2006-01-02 15:04:05.999999999",
	"2006-01-02",
}

// The parsers tell a value from null by their second result.

func number(value cube.Value) (float64, bool, error) {
	if value.Null || value.Text == "" {
		return 0, false, nil
	}
	parsed, err := strconv.ParseFloat(value.Text, 64)
	if err != nil {
		return 0, false, fmt.Errorf("%q is not a number", value.Text)
	}
	defined := !math.IsNaN(parsed) && !math.IsInf(parsed, 0)
	return parsed, defined, nil
}

func boolean(value cube.Value) (bool, bool, error) {
	if value.Null {
		return false, false, nil
	}
	parsed, err := strconv.ParseBool(value.Text)
	if err != nil {
		return false, false, fmt.Errorf("%q is neither true nor false", value.Text)
	}
	return parsed, true, nil
}

func instant(value cube.Value, location *time.Location) (time.Time, bool, error) {
	if value.Null {
		return time.Time{}, false, nil
	}
	for _, layout := range timestamps {
		if parsed, err := time.ParseInLocation(layout, value.Text, location); err == nil {
			return parsed.UTC(), true, nil
		}
	}
	return time.Time{}, false, fmt.Errorf("%q is not a time", value.Text)
}

func text(value cube.Value) (string, bool, error) {
	return value.Text, !value.Null, nil
}
