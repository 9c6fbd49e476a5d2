package cube

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// UnmarshalJSON takes the columnar form; with no rows Cube may leave the columns out.
func (c *Columns) UnmarshalJSON(text []byte) error {
	if string(text) == "[]" {
		return nil
	}
	if text[0] == '[' {
		return errors.New("the rows are not in columnar form: Cube 1.7 or newer is needed")
	}
	var raw struct {
		Members []string          `json:"members"`
		Columns []json.RawMessage `json:"columns"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	c.Members = raw.Members
	for index, column := range raw.Columns {
		values, err := readColumn(string(column))
		if err != nil {
			return fmt.Errorf("column %d: %w", index, err)
		}
		c.Columns = append(c.Columns, values)
		if len(values) != len(c.Columns[0]) {
			return fmt.Errorf("column %d has %d values, the first has %d", index, len(values), len(c.Columns[0]))
		}
	}
	if len(c.Columns) > 0 && len(c.Columns) != len(c.Members) {
		return fmt.Errorf("%d columns for %d members", len(c.Columns), len(c.Members))
	}
	return nil
}

const space = " \t\r\n"

// readColumn reads a list of scalars from text that is known to be valid JSON. The values share the text's memory:
// an answer of many rows costs one piece of memory for each column, not for each value.
func readColumn(text string) ([]Value, error) {
	text = strings.Trim(text, space)
	if !strings.HasPrefix(text, "[") {
		return nil, errors.New("is not a list")
	}
	text = strings.Trim(text[1:len(text)-1], space)
	values := make([]Value, 0, strings.Count(text, ",")+1)
	for text != "" {
		value, rest, err := readValue(text)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
		text = strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(rest, space), ","), space)
	}
	return values, nil
}

// readValue reads the first scalar and gives what follows it.
func readValue(text string) (Value, string, error) {
	switch text[0] {
	case '"':
		return readText(text)
	case '{', '[':
		return Value{}, "", errors.New("a value is neither text, a number, a boolean nor null")
	}
	end := strings.IndexAny(text, ","+space)
	if end < 0 {
		end = len(text)
	}
	if text[:end] == "null" {
		return Value{Null: true}, text[end:], nil
	}
	return Value{Text: text[:end]}, text[end:], nil
}

func readText(text string) (Value, string, error) {
	end := 1
	escaped := false
	for text[end] != '"' {
		if text[end] == '\\' {
			escaped = true
			end++
		}
		end++
	}
	if escaped {
		plain, err := unescape(text[:end+1])
		return Value{Text: plain}, text[end+1:], err
	}
	return Value{Text: text[1:end]}, text[end+1:], nil
}

// unescape stands apart so that only texts that need it take memory of their own.
func unescape(quoted string) (string, error) {
	var plain string
	err := json.Unmarshal([]byte(quoted), &plain)
	return plain, err
}
