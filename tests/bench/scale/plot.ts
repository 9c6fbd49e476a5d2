import type { Growth } from './growth.ts';

const panel = { width: 290, height: 150, left: 48, right: 16, top: 34, bottom: 22 };
const columns = 3;
const margin = 16;
const legend = 28;

const style = `
  svg { --ink: #1f2328; --faint: #d1d9e0; --quiet: #59636e; --cube: #0969da; --hand: #bc4c00; background: #ffffff }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #f0f6fc; --faint: #3d444d; --quiet: #9198a1; --cube: #4493f8; --hand: #f0883e; background: #0d1117 }
  }
  text { font: 11px system-ui, sans-serif; fill: var(--quiet) }
  .title { font-weight: 600; fill: var(--ink) }
  .grid { stroke: var(--faint); stroke-width: 1 }
  .cube { stroke: var(--cube); fill: none; stroke-width: 2 }
  .hand { stroke: var(--hand); fill: none; stroke-width: 2; stroke-dasharray: 4 3 }
  circle.cube { fill: var(--cube); stroke: none }
  circle.hand { fill: var(--hand); stroke: none }`;

/** One small chart for each question, cost against customers, both axes logarithmic and the same in all: an SVG. */
export function growthPlot(questions: readonly Growth[]): string {
  const all = questions.flatMap(({ costs }) => costs);
  const x = axis(all.map(({ customers }) => customers));
  const y = axis(all.flatMap(({ cube, sql }) => [cube, sql]));
  const rows = Math.ceil(questions.length / columns);
  const [width, height] = [columns * panel.width + 2 * margin, rows * panel.height + 2 * margin + legend];
  const charts = questions.map((question, i) =>
    chart(
      question,
      margin + (i % columns) * panel.width,
      margin + legend + Math.floor(i / columns) * panel.height,
      x,
      y,
    ),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>Processor time of each question by number of customers</title>',
    `<style>${style}\n</style>`,
    `<line class="cube" x1="${margin}" y1="20" x2="${margin + 24}" y2="20"/><text x="${margin + 30}" y="24">over Cube, without rollups</text>`,
    `<line class="hand" x1="240" y1="20" x2="264" y2="20"/><text x="270" y="24">hand-written SQL</text>`,
    `<text x="${width - margin}" y="24" text-anchor="end">customers to the right, processor time of Postgres upwards</text>`,
    ...charts,
    '</svg>',
    '',
  ].join('\n');
}

interface Axis {
  /** Exponents of ten that get a line. */
  decades: number[];
  /** 0 to 1 along the axis. */
  at(value: number): number;
}

function axis(values: readonly number[]): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return {
    decades: Array.from({ length: high - low + 1 }, (_, i) => low + i),
    at: (value) => (Math.log10(value) - low) / (high - low),
  };
}

function chart({ name, costs }: Growth, left: number, top: number, x: Axis, y: Axis): string {
  const across = (value: number) => panel.left + x.at(value) * (panel.width - panel.left - panel.right);
  const up = (value: number) => panel.height - panel.bottom - y.at(value) * (panel.height - panel.top - panel.bottom);
  const [right, bottom] = [panel.width - panel.right, panel.height - panel.bottom];
  const lines = (['hand', 'cube'] as const).map((kind) => {
    const points = costs.map((cost) => [across(cost.customers), up(kind === 'cube' ? cost.cube : cost.sql)] as const);
    const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ');
    const dots = points.map(
      ([px, py]) => `<circle class="${kind}" cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="2.5"/>`,
    );
    return `<polyline class="${kind}" points="${path}"/>${dots.join('')}`;
  });
  return [
    `<g transform="translate(${left} ${top})">`,
    `<text class="title" x="${panel.left}" y="${panel.top - 12}">${escaped(shortened(name))}</text>`,
    ...y.decades.map((decade) => {
      const at = up(10 ** decade).toFixed(1);
      return `<line class="grid" x1="${panel.left}" y1="${at}" x2="${right}" y2="${at}"/><text x="${panel.left - 4}" y="${at}" dy="4" text-anchor="end">${time(decade)}</text>`;
    }),
    ...x.decades.map((decade) => {
      const at = across(10 ** decade).toFixed(1);
      return `<line class="grid" x1="${at}" y1="${panel.top}" x2="${at}" y2="${bottom}"/><text x="${at}" y="${bottom + 14}" text-anchor="middle">${size(decade)}</text>`;
    }),
    ...lines,
    '</g>',
  ].join('');
}

function time(decade: number): string {
  return decade < 3 ? `${10 ** decade} ms` : `${10 ** (decade - 3)} s`;
}

function size(decade: number): string {
  return decade < 3 ? String(10 ** decade) : decade < 6 ? `${10 ** (decade - 3)}k` : `${10 ** (decade - 6)}M`;
}

function shortened(name: string): string {
  return name.length > 44 ? `${name.slice(0, 43).trimEnd()}…` : name;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
