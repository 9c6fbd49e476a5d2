import type { Encoding } from '../data/encoding.ts';
import { isMissing } from '../data/matrix.ts';
import type { LogisticModel, MarginModel } from '../model/margin-model.ts';
import { TreeExplainer } from './tree-shap.ts';

/** Contributions of the columns of the row at `offset` to its margin, counted from `base`. */
interface ColumnExplainer {
  readonly base: number;
  explain(values: Float32Array, offset: number): Float64Array;
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

  /** One contribution for each feature of the encoding; the columns of a category are summed. */
  explain(values: Float32Array, offset = 0): Float64Array {
    const { features, featureOfColumn } = this.encoding;
    const contributions = new Float64Array(features.length);
    this.columns.explain(values, offset).forEach((amount, column) => {
      contributions[featureOfColumn[column]] += amount;
    });
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

  explain(values: Float32Array, offset: number): Float64Array {
    const others = this.second.explain(values, offset);
    return this.first.explain(values, offset).map((amount, c) => amount + others[c]);
  }
}

/** Of a linear model with independent features, the SHAP value is the weight times the distance from the mean. */
class LinearExplainer implements ColumnExplainer {
  readonly base: number;

  constructor(private readonly model: LogisticModel) {
    this.base = model.intercept;
  }

  explain(values: Float32Array, offset: number): Float64Array {
    const { weights, means, deviations } = this.model;
    return weights.map((weight, c) => {
      const value = values[offset + c];
      return isMissing(value) ? 0 : weight * ((value - means[c]) / deviations[c]);
    });
  }
}
