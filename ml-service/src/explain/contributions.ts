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
    this.columns =
      model.kind === 'logistic' ? new LinearExplainer(model) : new TreeExplainer(model, encoding.columns.length);
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
