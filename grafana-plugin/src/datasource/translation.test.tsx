import React from 'react';
import { render, screen } from '@testing-library/react';
import { provide } from '../i18n/testSupport';
import type { CubeDataSource } from './datasource';
import type { Meta } from './meta';
import { id } from './plugin.json';
import { emptyQuery } from './query';
import { fromText } from './queryText';

const member = { name: 'labs.tests', title: 'Tests', shortTitle: 'Tests', type: 'number' as const };
const meta: Meta = {
  views: [{ name: 'labs', title: 'Labs', measures: [member], dimensions: [], segments: [] }],
};

// Generous, because the plugin is loaded within the test.
jest.setTimeout(60_000);

test('speaks as translated, and leaves names as they are', async () => {
  await provide(id, {
    editor: { summary: '{{measures}}, gruppiert nach {{dimensions}}' },
    filters: { remove: 'Filter {{number}} entfernen' },
    json: {
      query: 'Die Abfrage',
      part: '{{what}} unter „{{name}}“',
      unknown: '{{what}} ist unbekannt; bekannt sind {{known}}.',
    },
    operators: { equals: 'ist' },
    selection: { measures: 'Kennzahlen' },
  });
  const { plugin } = await import('./module');
  const { QueryEditor } = plugin.components;
  if (!QueryEditor) {
    throw new Error('The plugin has no query editor.');
  }
  const datasource = { getMeta: () => Promise.resolve(meta) } as unknown as CubeDataSource;
  const filters = [{ member: 'labs.tests', operator: 'equals' as const, values: ['1'] }];
  const query = { ...emptyQuery, refId: 'A', view: 'labs', measures: ['labs.tests'], filters };
  render(<QueryEditor datasource={datasource} query={query} onChange={jest.fn()} onRunQuery={jest.fn()} />);
  expect(await screen.findByText('Labs')).toBeInTheDocument();
  expect(screen.getByText('Kennzahlen')).toBeInTheDocument();
  expect(screen.getByText('ist')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Filter 1 entfernen' })).toBeInTheDocument();

  const { getQueryDisplayText } = plugin.DataSourceClass.prototype;
  const grouped = { ...query, measures: ['a & b'], dimensions: ['c/d'] };
  expect(getQueryDisplayText?.(grouped)).toBe('a & b, gruppiert nach c/d');
  expect(fromText(JSON.stringify({ ...emptyQuery, sort: 1 }), query)).toEqual({
    problem: expect.stringMatching(/^Die Abfrage unter „sort“ ist unbekannt; bekannt sind kind, version, view, /),
  });
});
