package cube

import "encoding/json"

// Meta lists the views that a caller may see.
type Meta struct {
	Views []View `json:"views"`
}

// View is one public face of the model.
type View struct {
	Name        string       `json:"name"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Measures    []MetaMember `json:"measures"`
	Dimensions  []MetaMember `json:"dimensions"`
	Segments    []MetaMember `json:"segments"`
}

// MetaMember is a measure, dimension or segment of a view; everything that tells of SQL or tables is left out.
type MetaMember struct {
	Name        string          `json:"name"`
	Title       string          `json:"title"`
	ShortTitle  string          `json:"shortTitle"`
	Description string          `json:"description,omitempty"`
	Type        string          `json:"type,omitempty"`
	Format      json.RawMessage `json:"format,omitempty"`
	// Unit in words, such as "hours".
	Unit string `json:"unit,omitempty"`
	// Selector tells that a filter on the member chooses what is computed, with one value.
	Selector bool `json:"selector,omitempty"`
	// Granularities that the model adds to those of the calendar.
	Granularities []Granularity `json:"granularities,omitempty"`
}

// Granularity of a time dimension.
type Granularity struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
}

// UnmarshalJSON takes from the member's `meta` only what is meant for callers.
func (m *MetaMember) UnmarshalJSON(text []byte) error {
	type plain MetaMember
	var extra struct {
		Meta struct {
			Unit     string `json:"unit"`
			Selector bool   `json:"selector"`
		} `json:"meta"`
	}
	if err := json.Unmarshal(text, (*plain)(m)); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &extra); err != nil {
		return err
	}
	m.Unit, m.Selector = extra.Meta.Unit, extra.Meta.Selector
	return nil
}

// View gives the view of a name; nil when the caller may not see it.
func (m Meta) View(name string) *View {
	for index := range m.Views {
		if m.Views[index].Name == name {
			return &m.Views[index]
		}
	}
	return nil
}

type metaAnswer struct {
	Cubes *[]struct {
		View
		Type string `json:"type"`
	} `json:"cubes"`
}

func (a metaAnswer) views() Meta {
	meta := Meta{Views: []View{}}
	for _, cube := range *a.Cubes {
		if cube.Type == "view" {
			meta.Views = append(meta.Views, cube.View)
		}
	}
	return meta
}
