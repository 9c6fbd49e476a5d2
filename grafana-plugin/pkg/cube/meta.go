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
