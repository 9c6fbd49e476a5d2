package frames

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

func TestUnits(t *testing.T) {
	withMeta := cube.Member{Format: json.RawMessage(`"currency"`)}
	withMeta.Meta.Currency = "EUR"
	inUnit := func(words string) cube.Member {
		member := cube.Member{}
		member.Meta.Unit = words
		return member
	}
	for name, test := range map[string]struct {
		member   cube.Member
		unit     string
		decimals *uint16
	}{
		"percent":              {cube.Member{Format: json.RawMessage(`"percent"`)}, "percentunit", decimals(1)},
		"currency by setting":  {cube.Member{Format: json.RawMessage(`"currency"`)}, "currencyUSD", decimals(2)},
		"currency of member":   {cube.Member{Format: json.RawMessage(`"currency"`), Currency: "GBP"}, "currencyGBP", decimals(2)},
		"currency of meta":     {withMeta, "currencyEUR", decimals(2)},
		"currency of no cents": {cube.Member{Format: json.RawMessage(`"currency"`), Currency: "JPY"}, "currencyJPY", decimals(0)},
		"rare currency":        {cube.Member{Format: json.RawMessage(`"currency"`), Currency: "KES"}, "currency:KES ", decimals(2)},
		"number":               {cube.Member{Format: json.RawMessage(`"number"`)}, "none", nil},
		"alias":                {cube.Member{Format: json.RawMessage(`{"type":"custom-numeric","alias":"percent"}`)}, "percentunit", decimals(1)},
		"none":                 {cube.Member{}, "", nil},
		"hours":                {inUnit("hours"), "h", decimals(1)},
		"unit in words":        {inUnit("business days"), "suffix:business days", nil},
	} {
		unit, digits := unit(test.member, "USD")
		require.Equal(t, test.unit, unit, name)
		require.Equal(t, test.decimals, digits, name)
	}
	unit, _ := unit(cube.Member{Format: json.RawMessage(`"currency"`)}, "")
	require.Equal(t, "none", unit, "an unknown currency is no dollar")
}
