package cube

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// SQL gives the statement that Cube would send to its database, ready to be run as it stands.
func (c *Client) SQL(ctx context.Context, query Query, sign Sign) (string, error) {
	body, err := json.Marshal(map[string]Query{"query": query})
	if err != nil {
		return "", fmt.Errorf("the query could not be written: %w", err)
	}
	text, err := c.call(ctx, http.MethodPost, "/sql", body, newRequestID(), sign)
	if err != nil {
		return "", err
	}
	var answer struct {
		SQL struct {
			SQL []json.RawMessage `json:"sql"`
		} `json:"sql"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return "", notCube(err)
	}
	var statement string
	var parameters []*string
	if len(answer.SQL.SQL) != 2 || json.Unmarshal(answer.SQL.SQL[0], &statement) != nil {
		return "", notCube(errors.New("no statement"))
	}
	if parameters, err = readParameters(answer.SQL.SQL[1]); err != nil {
		return "", notCube(err)
	}
	return fillIn(statement, parameters)
}

// readParameters gives them as text, nil for null.
func readParameters(text json.RawMessage) ([]*string, error) {
	values, err := readColumn(string(text))
	if err != nil {
		return nil, err
	}
	parameters := make([]*string, len(values))
	for index, value := range values {
		if !value.Null {
			parameters[index] = &values[index].Text
		}
	}
	return parameters, nil
}

// fillIn writes the parameters in place of $1, $2, ... Quoted text, names and comments stay as they are.
func fillIn(statement string, parameters []*string) (string, error) {
	var result strings.Builder
	for at := 0; at < len(statement); {
		if skip := verbatim(statement[at:]); skip > 0 {
			result.WriteString(statement[at : at+skip])
			at += skip
			continue
		}
		digits := placeholder(statement[at:])
		if digits == 0 {
			result.WriteByte(statement[at])
			at++
			continue
		}
		number, err := strconv.Atoi(statement[at+1 : at+1+digits])
		if err != nil || number < 1 || number > len(parameters) {
			return "", fmt.Errorf("Cube's statement has a placeholder $%s, but %d parameters", statement[at+1:at+1+digits], len(parameters))
		}
		result.WriteString(literal(parameters[number-1]))
		at += 1 + digits
	}
	return result.String(), nil
}

// placeholder counts the digits of a $1 at the beginning of the text.
func placeholder(text string) int {
	if text[0] != '$' {
		return 0
	}
	digits := 0
	for digits+1 < len(text) && text[digits+1] >= '0' && text[digits+1] <= '9' {
		digits++
	}
	return digits
}

// verbatim gives the length of the quoted text, quoted name or comment that the text begins with.
func verbatim(text string) int {
	for _, pair := range [][2]string{{"'", "'"}, {`"`, `"`}, {"--", "\n"}, {"/*", "*/"}} {
		if !strings.HasPrefix(text, pair[0]) {
			continue
		}
		start := len(pair[0])
		if end := strings.Index(text[start:], pair[1]); end >= 0 {
			return start + end + len(pair[1])
		}
		return len(text)
	}
	return 0
}

// literal is a value as SQL: quoted text takes the type that its place asks for, as a parameter does.
func literal(value *string) string {
	if value == nil {
		return "NULL"
	}
	return "'" + strings.ReplaceAll(*value, "'", "''") + "'"
}
