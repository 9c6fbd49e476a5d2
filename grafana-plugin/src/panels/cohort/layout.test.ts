import { createTheme } from '@grafana/data';
import { createFormats } from './format';
import { columnWidths, visibleRange } from './layout';
import { modelOf } from './testSupport';

test.each([
  // offset, extent, count: from, to
  [0, 260, 1000, 0, 16],
  [2600, 260, 1000, 96, 116],
  [25_740, 260, 1000, 984, 1000],
  [0, 260, 5, 0, 5],
  [-50, 100, 10, 0, 8],
  [99_999, 100, 10, 10, 10],
  [0, 260, 0, 0, 0],
])('scrolled by %d with %d in view of %d rows', (offset, extent, count, from, to) => {
  expect(visibleRange(offset, extent, 26, count)).toEqual({ from, to });
});

test('what is in view is always drawn, with rows to spare before the next block', () => {
  for (let offset = 0; offset < 20_000; offset += 7) {
    const { from, to } = visibleRange(offset, 400, 26, 10_000);
    expect(from).toBeLessThanOrEqual(Math.floor(offset / 26));
    expect(to).toBeGreaterThanOrEqual(Math.ceil((offset + 400) / 26) + 4);
  }
});

test('the column of sizes is as wide as their sum, which stands below them', () => {
  const standing = (cohort: string) => ({ cohort, size: 600_000, retained: [600_000] });
  const widthOf = (model: ReturnType<typeof modelOf>) =>
    columnWidths(model, createFormats(model, createTheme(), 'utc')).size;
  // "600,000" and "1,200,000"
  expect(widthOf(modelOf([standing('A')]))).toBe(66);
  expect(widthOf(modelOf([standing('A'), standing('B')]))).toBe(80);
});
