import React from 'react';
import { t } from '../../i18n/t';
import { EmptyState } from '@grafana/ui';
import { cohortPanelId } from '../shared/app';
import { ask } from '../shared/cube';
import { RealPanel } from '../shared/RealPanel';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import type { Criteria } from './criteria';
import { kindTitle, type Kind } from './kinds';
import { cellsQuestion } from './questions';

interface Props {
  kind: Kind;
  criteria: Criteria;
}

/** One group, cohort by cohort, in the cohort panel. */
export function Heatmap({ kind, criteria }: Props) {
  const uid = useSource();
  const question = cellsQuestion(kind, criteria);
  const load = useLoad(`${uid} ${JSON.stringify(question)}`, () => ask(uid, question));
  return (
    <Loaded load={load} loading={t('cohorts.loading-cells', 'Loading the cohorts ...')}>
      {({ frame, length }) =>
        length === 0 ? (
          <EmptyState variant="not-found" message={t('cohorts.nobody', 'No customer meets these criteria')}>
            {t('cohorts.nobody-what', 'Take a criterion away or choose more values.')}
          </EmptyState>
        ) : (
          <RealPanel pluginId={cohortPanelId} title={kindTitle(kind)} frames={[frame]} height={560} />
        )
      }
    </Loaded>
  );
}
