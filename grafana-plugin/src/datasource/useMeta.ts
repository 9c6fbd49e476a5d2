import { useEffect, useState } from 'react';
import type { CubeDataSource } from './datasource';
import { messageOf } from './messageOf';
import type { Meta } from './meta';

const nothing: Meta = { views: [] };

/** The model, empty until it has arrived: an editor shows stored names meanwhile. */
export function useMeta(datasource: CubeDataSource): { meta: Meta; problem: string | undefined } {
  const [meta, setMeta] = useState<Meta>(nothing);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    datasource.getMeta().then(
      (loaded) => current && setMeta(loaded),
      (error: unknown) => current && setProblem(messageOf(error))
    );
    return () => {
      current = false;
    };
  }, [datasource]);
  return { meta, problem };
}
