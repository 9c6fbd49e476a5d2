package translate

import "time"

const day = 24 * time.Hour

// granularities from fine to coarse, with the nominal length that decides between them.
var granularities = []struct {
	name   string
	length time.Duration
}{
	{"second", time.Second},
	{"minute", time.Minute},
	{"hour", time.Hour},
	{"day", day},
	{"week", 7 * day},
	{"month", 30 * day},
	{"quarter", 90 * day},
}

// Granularity for an interval: the finest whose buckets are not shorter than it, so that no pixel gets two points.
func Granularity(interval time.Duration) string {
	for _, granularity := range granularities {
		if granularity.length >= interval {
			return granularity.name
		}
	}
	return "year"
}
