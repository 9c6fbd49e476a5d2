import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { DataFrame } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { readAttribution, type Attribution } from '../data/attribution';
import type { AttributionOptions, View } from '../options';
import { ChannelTable } from './ChannelTable';
import { Controls, viewsOf } from './Controls';
import { JourneysView } from './Journeys';
import { ModelTable } from './ModelTable';
import { Notice } from './Notice';
import { Recommendations } from './Recommendations';
import { Reconciliation } from './Reconciliation';
import { useOverride } from './useOverride';

interface Props {
  /** With field overrides applied. */
  series: DataFrame[];
  options: AttributionOptions;
  timeZone: TimeZone;
  width: number;
  height: number;
}

/** Pixels that the controls take. */
const controlsHeight = 44;

/** Attribution of any data frames of the documented shapes; the panel and the app's pages show it alike. */
export function AttributionView({ series, options, timeZone, width, height }: Props) {
  const styles = useStyles2(getStyles);
  const [view, setView] = useOverride(options.view);
  const [modelId, setModelId] = useOverride(options.model);
  const attribution = useMemo(() => readAttribution(series, options.fields ?? {}), [series, options.fields]);
  if (typeof attribution === 'string') {
    return <Notice kind="warning">{attribution}</Notice>;
  }
  const shown = shownView(view, attribution);
  const { channels, journeys } = attribution;
  const model = channels?.models.find(({ id }) => id === modelId) ?? channels?.models[0];
  const controls = options.showControls && height > 4 * controlsHeight;
  return (
    <div className={styles} style={{ width, height }}>
      {controls && (
        <Controls attribution={attribution} view={shown} onView={setView} model={model} onModel={setModelId} />
      )}
      {shown === 'journeys' && journeys && (
        <JourneysView
          source={journeys}
          options={options}
          timeZone={timeZone}
          width={width}
          height={controls ? height - controlsHeight : height}
        />
      )}
      {shown === 'channels' && channels && model && (
        <ChannelTable channels={channels} model={model} options={options} timeZone={timeZone} />
      )}
      {shown === 'models' && channels && <ModelTable channels={channels} options={options} timeZone={timeZone} />}
      {shown === 'recommendations' && channels && model && (
        <Recommendations channels={channels} model={model} timeZone={timeZone} />
      )}
      {(shown === 'channels' || shown === 'models') && channels && (
        <Reconciliation channels={channels} timeZone={timeZone} />
      )}
    </div>
  );
}

/** The view asked for, or the first that the data has something for. */
function shownView(view: View, attribution: Attribution): View {
  const views = viewsOf(attribution);
  return views.includes(view) ? view : views[0];
}

const getStyles = () => css({ display: 'flex', flexDirection: 'column', overflow: 'hidden' });
