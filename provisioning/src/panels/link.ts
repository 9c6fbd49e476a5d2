import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

export interface Link {
  title: string;
  url: string;
}

/** A link of a panel or of its values to another page of this Grafana. */
export function linkTo({ title, url }: Link): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(false);
}
