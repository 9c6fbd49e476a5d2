import {
  dateTime,
  EventBusSrv,
  getPanelOptionsWithDefaults,
  LoadingState,
  useFieldOverrides,
  type DataFrame,
  type PanelData,
  type PanelProps,
  type TimeRange,
} from '@grafana/data';
import { Alert, PanelChrome, useTheme2 } from '@grafana/ui';
import React, { useCallback, useEffect, useMemo, useState } from 'react';
import type { PanelScene } from './scene';

const timeRange: TimeRange = {
  from: dateTime('2025-11-24T00:00:00Z'),
  to: dateTime('2026-11-24T00:00:00Z'),
  raw: { from: 'now-1y', to: 'now' },
};
const asItIs = (text: string) => text;
const nothing = () => undefined;
const eventBus = new EventBusSrv();

interface Props {
  scene: PanelScene;
  turn: number;
  width: number;
  height: number;
}

/** Mounts a panel as a dashboard does: its options, field config and data, inside Grafana's own frame. */
export function PanelHost({ scene, turn, width, height }: Props) {
  const theme = useTheme2();
  const [answer, setAnswer] = useState<PanelData>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let current = true;
    Promise.resolve()
      .then(() => scene.frames(turn))
      .then((series) => {
        if (!current) {
          return;
        }
        setAnswer(done(series));
        setError(undefined);
      })
      .catch((reason: unknown) => current && setError(reason instanceof Error ? reason.message : String(reason)));
    return () => {
      current = false;
    };
  }, [scene, turn]);

  const initial = useMemo(
    () =>
      getPanelOptionsWithDefaults({
        plugin: scene.plugin,
        currentOptions: { ...scene.options },
        currentFieldConfig: { defaults: {}, overrides: [], ...scene.fieldConfig },
        isAfterPluginChange: false,
      }),
    [scene]
  );
  const [options, setOptions] = useState<PanelProps['options']>(initial.options);
  const [fieldConfig, setFieldConfig] = useState(initial.fieldConfig);
  const data = useFieldOverrides(scene.plugin, fieldConfig, answer, 'utc', theme, asItIs);
  const change = useCallback((next: object) => setOptions(next), []);

  const Panel = scene.plugin.panel;
  if (error !== undefined) {
    return <Alert title="The data of this scene could not be had">{error}</Alert>;
  }
  return (
    <PanelChrome title={scene.title} width={width} height={height}>
      {(innerWidth, innerHeight) =>
        Panel && data ? (
          <Panel
            id={1}
            title={scene.title}
            data={data}
            options={options}
            fieldConfig={fieldConfig}
            width={innerWidth}
            height={innerHeight}
            timeRange={timeRange}
            timeZone="utc"
            transparent={false}
            renderCounter={0}
            eventBus={eventBus}
            replaceVariables={asItIs}
            onOptionsChange={change}
            onFieldConfigChange={setFieldConfig}
            onChangeTimeRange={nothing}
          />
        ) : null
      }
    </PanelChrome>
  );
}

function done(series: DataFrame[]): PanelData {
  return { state: LoadingState.Done, series, timeRange };
}
