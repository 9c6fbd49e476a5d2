import type { Encoding } from '../data/encoding.ts';
import { isMissing } from '../data/matrix.ts';
import type { LogisticModel, MarginModel } from '../model/margin-model.ts';
import { TreeExplainer } from './tree-shap.ts';

/** Contributions of the columns of rows to their margins, row by row, counted from `base`. */
interface ColumnExplainer {
  readonly base: number;
  explainAll(values: Float32Array): Float64Array;
}

/** What each feature adds to the uncalibrated margin of a row: exact SHAP values of trees and of linear models alike. */
export class FeatureExplainer {
  /** The margin that contributions are counted from: base + their sum = margin. */
  readonly base: number;
  private readonly columns: ColumnExplainer;

  /** @throws {DataError} where a tree has a node without cover. */
  constructor(
    model: MarginModel,
    private readonly encoding: Encoding,
  ) {
    this.columns = columnExplainer(model, encoding.columns.length);
    this.base = this.columns.base;
  }

  /** Contributions to the margin of the row at `offset`: one for each feature of the encoding. */
  explain(values: Float32Array, offset = 0): Float64Array {
    return this.explainAll(values.subarray(offset, offset + this.encoding.columns.length));
  }

  /** Those of whole rows, row by row; the columns of a category are summed. */
  explainAll(values: Float32Array): Float64Array {
    const { features, columns, featureOfColumn } = this.encoding;
    const ofColumns = this.columns.explainAll(values);
    const contributions = new Float64Array((values.length / columns.length) * features.length);
    for (let from = 0, to = 0; from < values.length; from += columns.length, to += features.length) {
      for (let c = 0; c < columns.length; c++) contributions[to + featureOfColumn[c]] += ofColumns[from + c];
    }
    return contributions;
  }
}

/** @throws {DataError} where a tree has a node without cover. */
function columnExplainer(model: MarginModel, columns: number): ColumnExplainer {
  if (model.kind === 'logistic') return new LinearExplainer(model);
  const trees = new TreeExplainer(model, columns);
  return model.linear === undefined ? trees : new SumExplainer(new LinearExplainer(model.linear), trees);
}

/** Contributions to a sum of margins are the sums of the contributions. */
class SumExplainer implements ColumnExplainer {
  readonly base: number;

  constructor(
    private readonly first: ColumnExplainer,
    private readonly second: ColumnExplainer,
  ) {
    this.base = first.base + second.base;
  }

  explainAll(values: Float32Array): Float64Array {
    const others = this.second.explainAll(values);
    return this.first.explainAll(values).map((amount, c) => amount + others[c]);
  }
}

/** Of a linear model with independent features, the SHAP value is the weight times the distance from the mean. */
class LinearExplainer implements ColumnExplainer {
  readonly base: number;

  constructor(private readonly model: LogisticModel) {
    this.base = model.intercept;
  }

  explainAll(values: Float32Array): Float64Array {
    const { weights, means, deviations } = this.model;
    return Float64Array.from(values, (value, i) => {
      const c = i % weights.length;
      return isMissing(value) ? 0 : weights[c] * ((value - means[c]) / deviations[c]);
    });
  }
}
