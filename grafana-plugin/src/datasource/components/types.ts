import type { CubeDataSource } from '../datasource';
import type { Meta, View } from '../meta';
import type { CubeQuery } from '../query';

/** What every part of the editor gets. */
export interface PartProps {
  query: CubeQuery;
  meta: Meta;
  /** The query's view; without members while the model is loading or does not offer it. */
  view: View;
  onChange: (part: Partial<CubeQuery>) => void;
}

/** Parts that list values of members. */
export interface ValuePartProps extends PartProps {
  datasource: Pick<CubeDataSource, 'getValues'>;
}

/** Labels of one width, in Grafana's units of 8 pixels. */
export const labelWidth = 16;
