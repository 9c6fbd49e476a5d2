import { createContext, useContext } from 'react';
import type { DataSourceSrv } from '@grafana/runtime';
import { dataSourceType } from './app';

/** What an administrator chose on the app's configuration page. */
export interface AppSettings {
  dataSourceUid?: string;
}

/**
 * The Cube data source that the pages read: the configured one, else the first there is.
 * @returns its uid; undefined when there is none
 */
export function chooseSource(service: Pick<DataSourceSrv, 'getList'>, settings: AppSettings): string | undefined {
  // Grafana adds its built-in sources to every list.
  const sources = service.getList({ type: dataSourceType }).filter(({ type }) => type === dataSourceType);
  return (sources.find(({ uid }) => uid === settings.dataSourceUid) ?? sources[0])?.uid;
}

export const SourceContext = createContext('');

/** The uid of the data source that the pages read. */
export function useSource(): string {
  return useContext(SourceContext);
}
