/** Scores of predicted probabilities against labels 0 and 1. What is undefined (one class only, no rows) is null. */

type Labels = ArrayLike<number>;
type Probabilities = ArrayLike<number>;

/** Positions from the highest to the lowest probability. */
function descending(probabilities: Probabilities): Int32Array {
  const order = Int32Array.from({ length: probabilities.length }, (_, i) => i);
  return order.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
}

function countEvents(labels: Labels): number {
  let events = 0;
  for (let i = 0; i < labels.length; i++) events += labels[i];
  return events;
}

/** Area under the ROC curve: the chance that an event ranks above a non-event, ties counting half. */
export function rocAuc(labels: Labels, probabilities: Probabilities): number | null {
  const events = countEvents(labels);
  const others = labels.length - events;
  if (events === 0 || others === 0) return null;
  const order = descending(probabilities);
  let seenEvents = 0;
  let area = 0;
  for (let start = 0; start < order.length;) {
    const tie = tieAt(order, probabilities, labels, start);
    area += (tie.end - start - tie.events) * (seenEvents + tie.events / 2);
    seenEvents += tie.events;
    start = tie.end;
  }
  return area / (events * others);
}

/** Average precision: precision at each distinct probability, weighted by the recall it adds. */
export function prAuc(labels: Labels, probabilities: Probabilities): number | null {
  return prAucOfRows(labels, probabilities)(Int32Array.from({ length: labels.length }, (_, row) => row));
}

/** The same for any rows, which may be drawn several times: the order of all rows is worked out once. */
export function prAucOfRows(labels: Labels, probabilities: Probabilities): (rows: Int32Array) => number | null {
  const order = descending(probabilities);
  const rankOf = new Int32Array(order.length);
  order.forEach((row, rank) => (rankOf[row] = rank));
  return (rows) => {
    const drawn = rows.map((row) => rankOf[row]).sort();
    const events = rows.reduce((sum, row) => sum + labels[row], 0);
    if (events === 0) return null;
    let seenEvents = 0;
    let area = 0;
    for (let start = 0; start < drawn.length;) {
      const tied = probabilities[order[drawn[start]]];
      let end = start;
      let tiedEvents = 0;
      while (end < drawn.length && probabilities[order[drawn[end]]] === tied) tiedEvents += labels[order[drawn[end++]]];
      seenEvents += tiedEvents;
      area += (tiedEvents / events) * (seenEvents / end);
      start = end;
    }
    return area;
  };
}

function tieAt(order: Int32Array, probabilities: Probabilities, labels: Labels, start: number) {
  let end = start;
  let events = 0;
  while (end < order.length && probabilities[order[end]] === probabilities[order[start]])
    events += labels[order[end++]];
  return { end, events };
}

/** Mean squared error of the probabilities. */
export function brier(labels: Labels, probabilities: Probabilities): number | null {
  if (labels.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i] - labels[i]) ** 2;
  return sum / labels.length;
}

/** Negative log-likelihood of each row; probabilities are kept 1e-15 away from 0 and 1. */
export function logLosses(labels: Labels, probabilities: Probabilities): Float64Array {
  return Float64Array.from(probabilities, (given, i) => {
    const probability = Math.min(Math.max(given, 1e-15), 1 - 1e-15);
    return labels[i] === 1 ? -Math.log(probability) : -Math.log1p(-probability);
  });
}

/** Their mean. NaN without rows. */
export function logLoss(labels: Labels, probabilities: Probabilities): number {
  return logLosses(labels, probabilities).reduce((sum, loss) => sum + loss, 0) / labels.length;
}

/** One bin of a calibration plot. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Null where the bin is empty. */
  readonly predicted: number | null;
  readonly observed: number | null;
}

/** Mean prediction and share of events in bins of equal width over [0, 1]. */
export function calibrationBins(labels: Labels, probabilities: Probabilities, bins = 10): CalibrationBin[] {
  const counts = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let i = 0; i < labels.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(probabilities[i] * bins));
    counts[bin]++;
    predicted[bin] += probabilities[i];
    observed[bin] += labels[i];
  }
  return Array.from(counts, (n, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    n,
    predicted: n === 0 ? null : predicted[bin] / n,
    observed: n === 0 ? null : observed[bin] / n,
  }));
}

/** Expected calibration error over bins of equal width: mean gap between predicted and observed, weighted by rows. */
export function calibrationError(labels: Labels, probabilities: Probabilities, bins = 10): number | null {
  if (labels.length === 0) return null;
  let sum = 0;
  for (const { n, predicted, observed } of calibrationBins(labels, probabilities, bins)) {
    if (predicted !== null && observed !== null) sum += n * Math.abs(predicted - observed);
  }
  return sum / labels.length;
}

/** Share of events among the tenth of rows with the highest probabilities, divided by the share among all. */
export function topDecileLift(labels: Labels, probabilities: Probabilities): number | null {
  const events = countEvents(labels);
  const top = Math.floor(labels.length / 10);
  if (events === 0 || top === 0) return null;
  const order = descending(probabilities).subarray(0, top);
  let found = 0;
  for (const row of order) found += labels[row];
  return found / top / (events / labels.length);
}

export interface Scores {
  readonly n: number;
  readonly events: number;
  readonly rocAuc: number | null;
  readonly prAuc: number | null;
  readonly brier: number | null;
  readonly logLoss: number | null;
  /** With its number of bins of equal width. */
  readonly calibrationError: { readonly value: number | null; readonly bins: number };
  readonly topDecileLift: number | null;
}

/** All scores of one set of predictions. */
export function scoresOf(labels: Labels, probabilities: Probabilities, bins = 10): Scores {
  return {
    n: labels.length,
    events: countEvents(labels),
    rocAuc: rocAuc(labels, probabilities),
    prAuc: prAuc(labels, probabilities),
    brier: brier(labels, probabilities),
    logLoss: labels.length === 0 ? null : logLoss(labels, probabilities),
    calibrationError: { value: calibrationError(labels, probabilities, bins), bins },
    topDecileLift: topDecileLift(labels, probabilities),
  };
}
