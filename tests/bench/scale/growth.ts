/** What a question costs at one size. */
export interface Cost {
  customers: number;
  /** Milliseconds of processor of the SQL that Cube sends, without rollups. */
  cube: number;
  /** The same of the question in hand-written SQL. */
  sql: number;
}

export interface Growth {
  name: string;
  costs: Cost[];
}

/** The b of cost = a x customers^b, by least squares on logarithms; NaN with fewer than two sizes. */
export function exponent(costs: readonly Cost[], what: 'cube' | 'sql' = 'cube'): number {
  const points = costs.map((cost) => [Math.log(cost.customers), Math.log(cost[what])] as const);
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = (other: 0 | 1, centre: number) =>
    points.reduce((sum, point) => sum + (point[0] - x) * (point[other] - centre), 0);
  return over(1, y) / over(0, x);
}

/** A table in Markdown: each question's cost by size, its ratio to hand-written SQL at the largest, and its exponent. */
export function growthTable(questions: readonly Growth[]): string {
  const sizes = questions[0]?.costs.map(({ customers }) => customers.toLocaleString('en')) ?? [];
  const header = [
    'ms of processor, Cube / by hand',
    ...sizes,
    'ratio at the largest',
    'exponent of Cube',
    'exponent by hand',
  ];
  const rows = questions.map(({ name, costs }) => {
    const last = costs.at(-1);
    return [
      name,
      ...costs.map(({ cube, sql }) => `${milliseconds(cube)} / ${milliseconds(sql)}`),
      last === undefined ? '' : (last.cube / last.sql).toFixed(2),
      exponent(costs).toFixed(2),
      exponent(costs, 'sql').toFixed(2),
    ];
  });
  return [header, header.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function milliseconds(value: number): string {
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
