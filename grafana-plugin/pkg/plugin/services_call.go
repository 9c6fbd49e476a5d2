package plugin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

const (
	// largestServiceBody is what a page may send; its forms are small.
	largestServiceBody = 64 << 10
	// largestServiceAnswer leaves room for a page of a list.
	largestServiceAnswer = 4 << 20
	// longestServiceCall is short: a person waits.
	longestServiceCall = 10 * time.Second
	longestReason      = 400
)

// passedHeaders are the only ones of the caller that go on.
var passedHeaders = []string{"Content-Type", "Idempotency-Key"}

// passOn sends a page's call to a service in the name of the signed-in user; the service decides what they may do.
func (d *Datasource) passOn(writer http.ResponseWriter, request *http.Request, target service, path string) {
	sign, err := d.signer(httpadapter.UserFromContext(request.Context()), nil)
	if err != nil {
		writeError(writer, err)
		return
	}
	address, err := d.addressOf(target, path, request)
	if err != nil {
		writeError(writer, err)
		return
	}
	status, answer, err := d.callService(request, target, address, sign)
	if err != nil {
		writeError(writer, err)
		return
	}
	if status == http.StatusNoContent {
		writer.WriteHeader(status)
		return
	}
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	if _, err := writer.Write(answer); err != nil {
		backend.Logger.Debug("The caller left before the answer was written", "error", err.Error())
	}
}

func (d *Datasource) callService(request *http.Request, target service, address string, sign cube.Sign) (int, []byte, error) {
	body, err := bodyOf(request)
	if err != nil {
		return 0, nil, err
	}
	token, err := sign(d.client.Now())
	if err != nil {
		return 0, nil, err
	}
	ctx, cancel := context.WithTimeout(request.Context(), min(d.config.Budget, longestServiceCall))
	defer cancel()
	call, err := http.NewRequestWithContext(ctx, request.Method, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("the request could not be made: %w", err)
	}
	for _, name := range passedHeaders {
		if value := request.Header.Get(name); value != "" && (name != "Content-Type" || len(body) > 0) {
			call.Header.Set(name, value)
		}
	}
	call.Header.Set("Accept", "application/json")
	call.Header.Set("Authorization", "Bearer "+token)
	response, err := d.services.Do(call)
	if err != nil {
		return 0, nil, unreachableService(err, target)
	}
	defer func() { _ = response.Body.Close() }()
	return readService(response, target)
}

func bodyOf(request *http.Request) ([]byte, error) {
	if request.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(request.Body, largestServiceBody+1))
	if err != nil {
		return nil, &cube.Error{Status: http.StatusBadRequest, Message: "The request could not be read."}
	}
	if len(body) > largestServiceBody {
		return nil, &cube.Error{Status: http.StatusRequestEntityTooLarge,
			Message: fmt.Sprintf("The request is larger than %d KiB.", largestServiceBody>>10)}
	}
	return body, nil
}

func readService(response *http.Response, target service) (int, []byte, error) {
	text, err := io.ReadAll(io.LimitReader(response.Body, largestServiceAnswer+1))
	if err != nil {
		return 0, nil, unreachableService(err, target)
	}
	status := response.StatusCode
	switch {
	case len(text) > largestServiceAnswer:
		return 0, nil, &cube.Error{Status: http.StatusBadGateway,
			Message: fmt.Sprintf("%s answered with more than %d MiB: ask for less at once.", target.title, largestServiceAnswer>>20)}
	case status == http.StatusNoContent:
		return status, nil, nil
	case status == http.StatusUnauthorized:
		return 0, nil, &cube.Error{Status: http.StatusBadGateway,
			Message: target.title + " does not accept the token: it must share the data source's API secret, and the clocks must agree."}
	case status >= 500:
		return 0, nil, &cube.Error{Status: http.StatusBadGateway, Message: fmt.Sprintf("%s failed (%d): %s", target.title, status, reason(text))}
	case status >= 400:
		return 0, nil, &cube.Error{Status: status, Message: reason(text)}
	case status >= 300 || !isJSON(response) || !json.Valid(text):
		return 0, nil, &cube.Error{Status: http.StatusBadGateway,
			Message: target.title + " did not answer as it should: check its address in the data source's settings."}
	}
	return status, text, nil
}

func isJSON(response *http.Response) bool {
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	return err == nil && kind == "application/json"
}

// reason takes the message out of a service's JSON; a page of some other server is not quoted.
func reason(text []byte) string {
	var answer struct {
		Message string `json:"message"`
		Error   string `json:"error"`
	}
	_ = json.Unmarshal(text, &answer)
	message := answer.Message
	if message == "" {
		message = answer.Error
	}
	if message == "" {
		return "it gave no reason."
	}
	if letters := []rune(message); len(letters) > longestReason {
		message = string(letters[:longestReason]) + "..."
	}
	return message
}

// unreachableService never tells the address: the caller may be a viewer.
func unreachableService(err error, target service) error {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return &cube.Error{Status: http.StatusGatewayTimeout, Message: target.title + " does not answer in time: try again in a moment."}
	}
	return &cube.Error{Status: http.StatusBadGateway, Message: target.title + " cannot be reached: is it running, and is its address in the data source's settings right?"}
}
