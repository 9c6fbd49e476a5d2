package cube

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// continueWait is Cube's answer while a query is still running; it has then waited some seconds itself.
const continueWait = "Continue wait"

// pause between two polls keeps a Cube that answers "Continue wait" at once from being flooded.
const pause = 100 * time.Millisecond

// Sign gives a fresh token for one HTTP call.
type Sign func(now time.Time) (string, error)

// Client of one Cube.
type Client struct {
	HTTP     *http.Client
	BaseURL  string
	MaxBytes int64
	Now      func() time.Time
}

// Load runs a query and polls until it has finished or the context ends, whichever comes first. A query that the
// caller no longer waits for is cancelled in Cube; one that ran out of time goes on there, and is ready for the next try.
func (c *Client) Load(ctx context.Context, query Query, sign Sign) (Answer, error) {
	query.ResponseFormat = "columnar"
	body, err := json.Marshal(map[string]Query{"query": query})
	if err != nil {
		return Answer{}, fmt.Errorf("the query could not be written: %w", err)
	}
	id, started, stage := newRequestID(), c.Now(), ""
	for polls := 1; ; polls++ {
		text, err := c.call(ctx, http.MethodPost, "/load", body, id, sign)
		if err != nil {
			return Answer{}, c.gaveUp(ctx, err, id, stage, sign)
		}
		var answer struct {
			Error string `json:"error"`
			Stage string `json:"stage"`
			Answer
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			return Answer{}, notCube(err)
		}
		if answer.Error == "" {
			answer.Polls, answer.Took = polls, c.Now().Sub(started)
			return answer.Answer, nil
		}
		if answer.Error != continueWait {
			return Answer{}, &Error{http.StatusBadGateway, "Cube failed: " + errorText(text)}
		}
		stage = answer.Stage
		select {
		case <-ctx.Done():
			return Answer{}, c.gaveUp(ctx, ctx.Err(), id, stage, sign)
		case <-time.After(pause):
		}
	}
}

// gaveUp cancels what nobody waits for, and says how far Cube had come when the time ran out.
func (c *Client) gaveUp(ctx context.Context, err error, id requestID, stage string, sign Sign) error {
	switch {
	case errors.Is(err, context.Canceled):
		c.cancel(ctx, id, sign)
	case errors.Is(err, context.DeadlineExceeded) && stage != "":
		return fmt.Errorf("%w (%s)", err, stage)
	}
	return err
}

// Meta lists the views that the caller may see.
func (c *Client) Meta(ctx context.Context, sign Sign) (Meta, error) {
	text, err := c.call(ctx, http.MethodGet, "/meta", nil, newRequestID(), sign)
	if err != nil {
		return Meta{}, err
	}
	var answer metaAnswer
	if err := json.Unmarshal(text, &answer); err != nil {
		return Meta{}, notCube(err)
	}
	if answer.Cubes == nil {
		return Meta{}, notCube(errors.New("no list of views"))
	}
	return answer.views(), nil
}

func (c *Client) call(ctx context.Context, method, path string, body []byte, id requestID, sign Sign) ([]byte, error) {
	token, err := sign(c.Now())
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, c.BaseURL+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("the request could not be made: %w", err)
	}
	request.Header.Set("Authorization", token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Request-Id", id.header())
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, unreachable(err, c.BaseURL)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := c.read(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, refused(response, text, c.Now())
	}
	if !strings.Contains(response.Header.Get("Content-Type"), "json") {
		return nil, notCube(errors.New("the answer is not JSON"))
	}
	return text, nil
}

func (c *Client) read(body io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(body, c.MaxBytes+1))
	if err != nil {
		return nil, unreachable(err, c.BaseURL)
	}
	if int64(len(text)) > c.MaxBytes {
		return nil, &Error{http.StatusRequestEntityTooLarge, fmt.Sprintf(
			"The answer is larger than %d MiB: lower the limit, choose a coarser granularity or fewer dimensions.", c.MaxBytes>>20)}
	}
	return text, nil
}

func notCube(err error) *Error {
	return &Error{http.StatusBadGateway, "The answer is not one of Cube 1.7 or newer (" + err.Error() + "): check the data source's URL and Cube's version."}
}
