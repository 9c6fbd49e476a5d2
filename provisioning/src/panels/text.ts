import * as text from '@grafana/grafana-foundation-sdk/text';

/** What every panel says about itself. */
export interface PanelText {
  title: string;
  /** The definition of what is shown. */
  description: string;
}

/** What a dashboard is for, and how to read it, in one or two sentences. */
export function words(markdown: string, height = 2): text.PanelBuilder {
  return new text.PanelBuilder().transparent(true).span(24).height(height).content(markdown);
}
