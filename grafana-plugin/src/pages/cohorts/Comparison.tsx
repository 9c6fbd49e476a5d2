import React from 'react';
import { t } from '../../i18n/t';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { CompareTable } from './CompareTable';
import { areDisjoint, type Criteria } from './criteria';
import type { Kind } from './kinds';
import { askRetention } from './questions';

interface Props {
  kind: Kind;
  a: Criteria;
  b: Criteria;
}

/** Loads both groups and puts them side by side. */
export function Comparison({ kind, a, b }: Props) {
  const uid = useSource();
  const load = useLoad(JSON.stringify([uid, kind, a, b]), () =>
    Promise.all([askRetention(uid, kind, a), askRetention(uid, kind, b)])
  );
  return (
    <Loaded load={load} loading={t('cohorts.loading-both', 'Loading both groups ...')}>
      {([first, second]) => <CompareTable a={first} b={second} disjoint={areDisjoint(a, b)} />}
    </Loaded>
  );
}
