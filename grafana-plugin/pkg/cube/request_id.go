package cube

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"
)

// cancelPatience is how long Cube may take to hear that nobody waits any more.
const cancelPatience = 5 * time.Second

// requestID names one query in all its polls, so that it can be cancelled.
type requestID string

func newRequestID() requestID { return requestID(uuid.NewString()) }

// header has Cube's own form: an id, and what tells its spans apart.
func (id requestID) header() string { return string(id) + "-span-1" }

// cancel tells Cube to stop a query whose caller has left. Closing the connection alone leaves the database at work.
func (c *Client) cancel(ctx context.Context, id requestID, sign Sign) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), cancelPatience)
	go func() {
		defer stop()
		// Whatever comes of it: there is nobody left to tell.
		_, _ = c.call(ctx, http.MethodDelete, "/running-query/"+string(id), nil, newRequestID(), sign)
	}()
}
