package frames

import (
	"encoding/json"
	"slices"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

// withSymbol are the currencies that Grafana has a unit of its own for.
var withSymbol = []string{
	"USD", "GBP", "EUR", "JPY", "RUB", "UAH", "BRL", "DKK", "ISK", "NOK", "SEK", "CZK", "CHF", "PLN", "ZAR", "INR", "KRW", "IDR", "PHP", "VND", "TRY", "MYR",
}

// withoutCents are amounts that are counted in whole units.
var withoutCents = []string{"JPY", "KRW", "VND", "ISK", "IDR"}

// unit gives Grafana's unit and decimals for a member. Fractions show as percent; an amount without a known currency
// has no symbol rather than a wrong one.
func unit(member cube.Member, fallbackCurrency string) (string, *uint16) {
	switch formatName(member.Format) {
	case "percent":
		return "percentunit", decimals(1)
	case "currency":
		return currency(firstOf(member.Currency, member.Meta.Currency, fallbackCurrency))
	case "number":
		return inWords(member.Meta.Unit, "none")
	}
	return inWords(member.Meta.Unit, "")
}

// durations are the units in words that Grafana has one of its own for.
var durations = map[string]string{"seconds": "s", "minutes": "m", "hours": "h", "days": "d"}

// inWords gives the unit that a model names in words: "hours" is one of Grafana's, any other follows the number.
func inWords(words, without string) (string, *uint16) {
	if words == "" {
		return without, nil
	}
	if known, is := durations[words]; is {
		return known, decimals(1)
	}
	return "suffix:" + words, nil
}

func currency(code string) (string, *uint16) {
	cents := decimals(2)
	if slices.Contains(withoutCents, code) {
		cents = decimals(0)
	}
	switch {
	case code == "":
		return "none", cents
	case slices.Contains(withSymbol, code):
		return "currency" + code, cents
	}
	return "currency:" + code + " ", cents
}

// formatName is the plain name of a format, or the alias of one that Cube wrote out as a pattern.
func formatName(format json.RawMessage) string {
	var name string
	if json.Unmarshal(format, &name) == nil {
		return name
	}
	var pattern struct {
		Alias string `json:"alias"`
	}
	if json.Unmarshal(format, &pattern) == nil {
		return pattern.Alias
	}
	return ""
}

func decimals(count uint16) *uint16 { return &count }

func firstOf(candidates ...string) string {
	for _, candidate := range candidates {
		if candidate != "" {
			return candidate
		}
	}
	return ""
}
