import './dom';
import React, { type ReactElement } from 'react';
import { FieldType, toDataFrame, dataFrameToJSON } from '@grafana/data';
import { config, locationService, setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { configure, render } from '@testing-library/react';
import { NEVER, of, throwError } from 'rxjs';
import { SourceContext } from '../shared/source';

// Generous, because test files share the machine.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

/** A request that the fake server got. */
export interface Asked {
  method: string;
  /** The address after the data source's resources, or the whole path. */
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** What the fake server answers. */
export interface Reply {
  status?: number;
  body?: unknown;
  /** Never answers. */
  hangs?: boolean;
}

type Server = (asked: Asked) => Reply | undefined;

const resources = '/api/datasources/uid/cube/resources/';

/** Puts a server behind Grafana's fetch. What it does not know is a 404. @returns what it was asked, as it comes */
export function serve(server: Server): Asked[] {
  const all: Asked[] = [];
  const fetch: BackendSrv['fetch'] = (request) => {
    const path = request.url.startsWith(resources) ? request.url.slice(resources.length) : request.url;
    const asked = { method: request.method ?? 'GET', path, body: request.data, headers: request.headers ?? {} };
    all.push(asked);
    const { status = 200, body = {}, hangs } = server(asked) ?? { status: 404, body: { message: `No ${path} here.` } };
    if (hangs) {
      return NEVER;
    }
    const answer = { status, statusText: '', data: body, ok: status < 400, config: request };
    return status < 400 ? (of(answer) as never) : throwError(() => answer);
  };
  setBackendSrv({ fetch } as BackendSrv);
  return all;
}

type Column = Array<string | number | boolean | null>;

/** The answer of /api/ds/query with one frame of such columns. */
export function rows(columns: Record<string, Column>, units: Record<string, string> = {}): Reply {
  const frame = toDataFrame({
    fields: Object.entries(columns).map(([name, values]) => ({
      name,
      type: typeOf(name, values),
      values,
      config: { displayNameFromDS: name, unit: units[name] },
    })),
  });
  return { body: { results: { A: { status: 200, frames: [dataFrameToJSON(frame)] } } } };
}

function typeOf(name: string, values: Column): FieldType {
  if (name === 'as_of' || name === 'month') {
    return FieldType.time;
  }
  const value = values.find((one) => one !== null);
  return typeof value === 'number'
    ? FieldType.number
    : typeof value === 'boolean'
      ? FieldType.boolean
      : FieldType.string;
}

/** The view that a question of /api/ds/query is about. */
export function viewOf({ path, body }: Asked): string | undefined {
  return path === '/api/ds/query' ? (body as { queries: Array<{ view: string }> }).queries[0]?.view : undefined;
}

/** A view of the model as `meta` lists it. */
export function view(name: string, measures: string[], dimensions: string[]) {
  const member = (short: string) => ({
    name: `${name}.${short}`,
    title: short,
    shortTitle: short,
    description: `About ${short}.`,
  });
  return { name, title: name, measures: measures.map(member), dimensions: dimensions.map(member), segments: [] };
}

/** Shows a page at an address, to somebody with an organisation role. */
export function open(page: ReactElement, search = '', role: 'Viewer' | 'Editor' | 'Admin' = 'Editor') {
  config.bootData = { user: { orgRole: role, isGrafanaAdmin: false } } as unknown as typeof config.bootData;
  locationService.push(`/a/fairunderwriting-analytics-app/page${search}`);
  return render(<SourceContext.Provider value="cube">{page}</SourceContext.Provider>);
}
