import { encodeRows, encodingOf, type Encoding, type RawRow, type RawValue } from '../data/encoding.ts';
import { FeatureExplainer } from '../explain/contributions.ts';
import { factorSentence, featureNamed } from '../features/catalogue.ts';
import type { ModelCard } from '../model/card.ts';
import { loadModel } from '../model/files.ts';
import { checkParity } from '../model/parity.ts';
import { ScoringPool } from '../scoring/pool.ts';
import { Scorer } from '../scoring/session.ts';

/** Up to so many rows are scored on the event loop: handing them to a worker would take longer. */
const rowsOnLoop = 64;

/** What one feature does to a customer's risk. */
export interface Factor {
  readonly feature: string;
  readonly title: string;
  /** As the model saw it; null is missing. */
  readonly value: number | boolean | string | null;
  /** To the uncalibrated margin: positive raises the risk. */
  readonly contribution: number;
  readonly sentence: string;
  readonly revealsGenotype: boolean;
}

/** A model in use: verified, loaded and able to score and to explain. */
export class ServedModel {
  readonly encoding: Encoding;
  private pool: ScoringPool | undefined;
  private users = 0;
  private isRetired = false;

  private constructor(
    readonly card: ModelCard,
    private readonly onnx: Uint8Array,
    private readonly scorer: Scorer,
    private readonly explainer: FeatureExplainer,
    private readonly workers: number,
  ) {
    this.encoding = encodingOf(card.features);
  }

  /**
   * Loads a model folder, and lets graph and trees score hard cases before anybody relies on them.
   * @param workers threads for batches, started with the first one
   * @throws {Error} where files are missing, truncated or changed, or the parts of the model do not agree.
   */
  static async load(folder: string, workers: number): Promise<ServedModel> {
    const { card, model, onnx } = await loadModel(folder);
    const encoding = encodingOf(card.features);
    if (encoding.columns.join() !== model.features.join()) {
      throw new Error(`The model in ${folder} has other columns than its card says. Train again.`);
    }
    // A feature that this version does not compute would be missing in every row.
    for (const { name } of card.features) featureNamed(name);
    await checkParity(model, onnx, { names: model.features, rows: 0, values: new Float32Array(0) });
    const scorer = await Scorer.create(onnx, model.features.length);
    return new ServedModel(card, onnx, scorer, new FeatureExplainer(model.model, encoding), workers);
  }

  /** Calibrated probabilities: few rows on the calling thread, more on workers. */
  async score(rows: readonly RawRow[]): Promise<Float32Array> {
    const { values } = encodeRows(this.encoding, rows);
    if (rows.length <= rowsOnLoop) return this.scorer.score(values);
    this.pool ??= new ScoringPool(this.onnx, this.encoding.columns.length, this.workers);
    return this.pool.score(values);
  }

  /** What each feature of a row adds to its margin, the largest first; no more than `most`. */
  explain(row: RawRow, most = Infinity): Factor[] {
    return this.explainAll([row], most)[0];
  }

  /** The same for many rows at once, which takes less time for each. */
  explainAll(rows: readonly RawRow[], most = Infinity): Factor[][] {
    const contributions = this.explainer.explainAll(encodeRows(this.encoding, rows).values);
    const width = this.encoding.features.length;
    return rows.map((row, r) => {
      const ofRow = contributions.subarray(r * width, (r + 1) * width);
      return largest(ofRow, most).map((f) => this.factor(row, f, ofRow[f]));
    });
  }

  private factor(row: RawRow, f: number, contribution: number): Factor {
    const { name } = this.encoding.features[f];
    const { title, isSensitive } = featureNamed(name);
    const value: RawValue = row[name];
    return {
      feature: name,
      title,
      value: value ?? null,
      contribution,
      sentence: factorSentence(name, value, contribution),
      revealsGenotype: isSensitive,
    };
  }

  /** Runs work that needs the model; it is not closed before. */
  async use<T>(work: (model: ServedModel) => Promise<T>): Promise<T> {
    this.users++;
    try {
      return await work(this);
    } finally {
      this.users--;
      if (this.isRetired) await this.closeIfUnused();
    }
  }

  /** Closes the model as soon as nobody uses it. */
  async retire(): Promise<void> {
    this.isRetired = true;
    await this.closeIfUnused();
  }

  private async closeIfUnused(): Promise<void> {
    if (this.users > 0) return;
    await Promise.all([this.scorer.close(), this.pool?.close()]);
  }
}

/** Places of the amounts furthest from 0, the furthest first; no more than `most`. */
function largest(amounts: Float64Array, most: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < amounts.length; place++) {
    const size = Math.abs(amounts[place]);
    let at = places.length;
    while (at > 0 && Math.abs(amounts[places[at - 1]]) < size) at--;
    if (at >= most) continue;
    places.splice(at, 0, place);
    if (places.length > most) places.pop();
  }
  return places;
}
