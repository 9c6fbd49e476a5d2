import React, { useMemo } from 'react';
import type { TimeZone } from '@grafana/schema';
import { t } from '../../../i18n/t';
import type { Channels } from '../data/attribution';
import { discrepancy, impossible, reconcile } from '../data/reconcile';
import { Notice } from './Notice';
import { useDisplay } from './useDisplay';

/** Says whether each model's credits add up to the conversions. */
export function Reconciliation({ channels, timeZone }: { channels: Channels; timeZone: TimeZone }) {
  const display = useDisplay(channels, timeZone);
  const reconciled = useMemo(() => reconcile(channels), [channels]);
  const [first] = reconciled;
  const show = (credits: number) => display.show('credit', first.model.id, credits).text;
  const wrong = impossible(channels) ?? discrepancy(reconciled, show);
  if (wrong !== undefined) {
    return <Notice kind="warning">{wrong}</Notice>;
  }
  const counted = (channels.total.values.get('conversions') ?? null) !== null;
  if (!counted && reconciled.length === 1) {
    return null;
  }
  const { expected: count } = first;
  const conversions = show(count);
  return (
    <Notice kind="info">
      {reconciled.length === 1
        ? t('reconciliation.one', 'The credits add up to {{conversions}} conversions.', { conversions, count })
        : t('reconciliation.each', "Each model's credits add up to {{conversions}} conversions.", {
            conversions,
            count,
          })}
    </Notice>
  );
}
