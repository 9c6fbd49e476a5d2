package cube

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

const longestDetail = 400

// clockTolerance is the difference of clocks beyond which tokens of a minute stop working.
const clockTolerance = 30 * time.Second

// Error is a failure on Cube's side, or on the way to it, in words for whoever looks at the panel.
type Error struct {
	// Status of the answer to the panel: Cube's own where it gave one.
	Status  int
	Message string
}

func (e *Error) Error() string { return e.Message }

// refused explains an answer that is not 200.
func refused(response *http.Response, body []byte, now time.Time) *Error {
	detail := errorText(body)
	status := response.StatusCode
	switch {
	case status == http.StatusUnauthorized:
		return &Error{status, "Cube does not accept the token: " + tokenReason(response, now) + " Cube says: " + detail}
	case status == http.StatusNotFound:
		return &Error{status, "There is no Cube API at this address: check the data source's URL."}
	case status == http.StatusTooManyRequests:
		return &Error{status, "Cube is busy (429): try again in a moment."}
	case status >= 500:
		return &Error{http.StatusBadGateway, fmt.Sprintf("Cube failed (%d): %s", status, detail)}
	case status >= 400:
		return &Error{status, "Cube refuses the query: " + detail}
	}
	return &Error{http.StatusBadGateway, fmt.Sprintf("Cube answered with the unexpected status %d: check the data source's URL.", status)}
}

// tokenReason tells a wrong clock from a wrong secret by the time that the answer carries.
func tokenReason(response *http.Response, now time.Time) string {
	if theirs, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		if skew := theirs.Sub(now).Abs(); skew > clockTolerance {
			return fmt.Sprintf("the clocks of Grafana and Cube differ by about %s.", skew.Round(10*time.Second))
		}
	}
	return "check that the data source's API secret is Cube's CUBEJS_API_SECRET."
}

// errorText takes the message out of Cube's JSON; a page of some other server is not quoted.
func errorText(body []byte) string {
	var answer struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(body, &answer) != nil || answer.Error == "" {
		return "(no message)"
	}
	text := strings.TrimPrefix(strings.TrimSpace(answer.Error), "Error: ")
	if letters := []rune(text); len(letters) > longestDetail {
		text = string(letters[:longestDetail]) + "..."
	}
	return text
}

// unreachable explains a call that got no answer.
func unreachable(err error, address string) error {
	var dns *net.DNSError
	var timeout net.Error
	host := address
	if parsed, parseErr := url.Parse(address); parseErr == nil {
		host = parsed.Host
	}
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.Is(err, syscall.ECONNREFUSED):
		return &Error{http.StatusBadGateway, fmt.Sprintf("Nothing answers at %s: is Cube running, and is the data source's URL right?", host)}
	case errors.As(err, &dns):
		return &Error{http.StatusBadGateway, fmt.Sprintf("The host %s is unknown: check the data source's URL.", host)}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &Error{http.StatusGatewayTimeout, fmt.Sprintf("Cube at %s does not answer in time.", host)}
	}
	return &Error{http.StatusBadGateway, fmt.Sprintf("The connection to Cube at %s broke: %s", host, rootCause(err))}
}

// rootCause leaves out the address that net/http wraps around a transport error.
func rootCause(err error) string {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err.Error()
	}
	return err.Error()
}
