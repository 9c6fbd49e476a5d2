package frames

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/settings"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

// From the bytes of answers with 50,000 and 100,000 rows (text and three numbers) to a frame.
func BenchmarkTable50000(b *testing.B)  { benchmarkTable(b, 50_000) }
func BenchmarkTable100000(b *testing.B) { benchmarkTable(b, 100_000) }

func benchmarkTable(b *testing.B, rows int) {
	column := func(value func(row int) string) string {
		values := make([]string, rows)
		for row := range values {
			values[row] = value(row)
		}
		return "[" + strings.Join(values, ",") + "]"
	}
	number := func(row int) string { return fmt.Sprintf(`"%d.%02d"`, row, row%100) }
	answer := []byte(`{"annotation":{"measures":{"v.a":{"type":"number"},"v.b":{"type":"number"},"v.c":{"type":"number"}},
		"dimensions":{"v.name":{"type":"string"}}},"data":{"members":["v.name","v.a","v.b","v.c"],"columns":[` +
		column(func(row int) string { return fmt.Sprintf(`"customer %d"`, row) }) + "," +
		column(number) + "," + column(number) + "," + column(number) + `]}}`)
	query := model.Query{Measures: []string{"v.a", "v.b", "v.c"}, Dimensions: []string{"v.name"}, Format: model.Table, Limit: rows}
	plan, err := translate.ToCube(query, backend.TimeRange{}, time.Hour, settings.Settings{TimeZone: "UTC"})
	require.NoError(b, err)
	b.SetBytes(int64(len(answer)))
	b.ReportAllocs()
	for b.Loop() {
		var read cube.Answer
		require.NoError(b, json.Unmarshal(answer, &read))
		_, err := FromAnswer(Part{plan, read}, nil, Options{Location: time.UTC})
		require.NoError(b, err)
	}
}
