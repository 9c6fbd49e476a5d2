import type { Meta } from '../meta';
import type { CubeQuery } from '../query';

export interface PartProps {
  query: CubeQuery;
  meta: Meta;
  onChange: (part: Partial<CubeQuery>) => void;
}
