package plugin

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

// metaLifetime is how long a change of the model may stay unseen.
const metaLifetime = time.Minute

// metas remembers what Cube offers to each set of roles: it depends on nothing else.
type metas struct {
	client *cube.Client
	lock   sync.Mutex
	known  map[string]knownMeta
}

type knownMeta struct {
	cube.Meta
	until time.Time
}

// get asks Cube unless the answer is known. Callers that come while it is being asked ask as well: a rare double call
// is cheaper than making them wait for one that may fail.
func (m *metas) get(ctx context.Context, by caller) (cube.Meta, error) {
	key := strings.Join(by.Roles, ",")
	m.lock.Lock()
	found, known := m.known[key]
	m.lock.Unlock()
	if known && m.client.Now().Before(found.until) {
		return found.Meta, nil
	}
	meta, err := m.client.Meta(ctx, by.sign)
	if err != nil {
		return cube.Meta{}, err
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.known[key] = knownMeta{meta, m.client.Now().Add(metaLifetime)}
	return meta, nil
}
