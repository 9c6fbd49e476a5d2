// The newer schema is experimental in Grafana 12; this one is read by all versions from there on.
/* eslint-disable @typescript-eslint/no-deprecated */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Dashboard, Panel, RowPanel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';

export interface Section {
  heading: string;
  panels: Builder<Panel>[];
  /** Asks nothing before it is opened: for what not everybody who sees the dashboard may see. */
  closed?: boolean;
}

/** What a dashboard is; its panels come as sections, the first of which is the answer. */
export interface DashboardOptions {
  /** File name and, after `fua-`, the uid; links and alert rules rest on it. */
  name: string;
  title: string;
  description: string;
  from?: string;
  variables?: Builder<VariableModel>[];
  links?: { title: string; url: string; tooltip: string }[];
  /** Panels without a heading. */
  answer: Builder<Panel>[];
  /** Panels under headings. */
  evidence: Section[];
}

export const uidOf = (name: string) => `fua-${name}`;

/** Lays the panels out from left to right; ids count from 1 in their order, so new ones belong at the end. */
export function dashboard(options: DashboardOptions) {
  const built = new DashboardBuilder(options.title)
    .uid(uidOf(options.name))
    .description(options.description)
    .tags(['fair-underwriting'])
    .timezone('utc')
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('5m')
    .time({ from: options.from ?? 'now-12M/M', to: 'now' })
    .variables(options.variables ?? [])
    .links([
      ...(options.links ?? []).map(({ title, url, tooltip }) =>
        new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).tooltip(tooltip).icon('external link'),
      ),
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags(['fair-underwriting'])
        .asDropdown(true)
        .keepTime(true),
    ]);
  for (const panel of options.answer) built.withPanel(panel);
  for (const { heading, panels, closed = false } of options.evidence) {
    const row = new RowBuilder(heading).collapsed(closed);
    if (closed) for (const panel of panels) row.withPanel(panel);
    built.withRow(row);
    if (!closed) for (const panel of panels) built.withPanel(panel);
  }
  const result = built.build();
  allPanels(result).forEach((panel, index) => Object.assign(panel, { id: index + 1 }));
  return result;
}

/** Panels and rows in their order, those of closed rows included. */
export function allPanels(of: Dashboard): (Panel | RowPanel)[] {
  return (of.panels ?? []).flatMap((panel) => [panel, ...('panels' in panel ? panel.panels : [])]);
}
