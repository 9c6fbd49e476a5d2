import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { dateTime, LoadingState, type DataFrame, type PanelData } from '@grafana/data';
import { PanelRenderer } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import { useWidth } from './useWidth';

interface Props {
  pluginId: string;
  title: string;
  frames: DataFrame[];
  options?: Record<string, unknown>;
  height: number;
}

/** A panel of this app on a page: the same plugin that dashboards show. */
export function RealPanel({ pluginId, title, frames, options, height }: Props) {
  const styles = useStyles2(() => ({ box: css({ height, width: '100%', position: 'relative' }) }));
  const [ref, width] = useWidth();
  const data = useMemo<PanelData>(() => {
    const epoch = dateTime(0);
    const timeRange = { from: epoch, to: epoch, raw: { from: epoch, to: epoch } };
    return { series: frames, state: LoadingState.Done, timeRange };
  }, [frames]);
  return (
    <div ref={ref} className={styles.box}>
      {width > 0 && (
        <PanelRenderer
          pluginId={pluginId}
          title={title}
          data={data}
          options={options}
          width={width}
          height={height}
          timeZone="utc"
        />
      )}
    </div>
  );
}
