import type { CalibrationBin } from '../evaluation/scores.ts';

const size = 320;
const margin = 48;
const tick = 0.25;

/** A calibration plot as SVG: observed against predicted shares, a dot for each bin whose area grows with its rows. */
export function calibrationSvg(bins: readonly CalibrationBin[], title: string): string {
  const x = (share: number) => (margin + share * size).toFixed(1);
  const y = (share: number) => (margin + (1 - share) * size).toFixed(1);
  const most = Math.max(1, ...bins.map(({ n }) => n));
  const dots = bins.flatMap(({ n, predicted, observed }) =>
    predicted === null || observed === null
      ? []
      : [
          `<circle cx="${x(predicted)}" cy="${y(observed)}" r="${(3 + 9 * Math.sqrt(n / most)).toFixed(1)}" fill="#3274d9" fill-opacity="0.7">` +
            `<title>${n} rows: ${percent(predicted)} predicted, ${percent(observed)} observed</title></circle>`,
        ],
  );
  const ticks = Array.from({ length: 1 / tick + 1 }, (_, i) => i * tick).flatMap((share) => [
    `<text x="${x(share)}" y="${margin + size + 18}" text-anchor="middle">${percent(share)}</text>`,
    `<text x="${margin - 6}" y="${y(share)}" text-anchor="end" dominant-baseline="middle">${percent(share)}</text>`,
  ]);
  const whole = size + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" role="img" font-family="sans-serif" font-size="11">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${whole}" height="${whole}" fill="#fff"/>`,
    `<rect x="${margin}" y="${margin}" width="${size}" height="${size}" fill="none" stroke="#888"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="4 4"/>`,
    ...dots,
    ...ticks,
    `<text x="${whole / 2}" y="${margin / 2}" text-anchor="middle" font-size="13">${escape(title)}</text>`,
    `<text x="${whole / 2}" y="${whole - 10}" text-anchor="middle">predicted</text>`,
    `<text x="12" y="${whole / 2}" text-anchor="middle" transform="rotate(-90 12 ${whole / 2})">observed</text>`,
    '</svg>\n',
  ].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
