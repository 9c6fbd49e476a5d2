import type { DataSourceSrv } from '@grafana/runtime';

export const dataSourceType = 'fairunderwriting-cube-datasource';

export interface SourceHealth {
  uid: string;
  name: string;
  healthy: boolean;
  message: string;
}

type Sources = Pick<DataSourceSrv, 'getList' | 'get'>;

/** Asks every Cube data source for its health. A source that cannot answer is reported, never thrown. */
export function checkSources(service: Sources): Promise<SourceHealth[]> {
  // Grafana adds its built-in sources to every list.
  const list = service.getList({ type: dataSourceType }).filter(({ type }) => type === dataSourceType);
  return Promise.all(
    list.map(async ({ uid, name }) => {
      try {
        const source = await service.get({ uid });
        const { status, message } = (await source.testDatasource()) as { status: string; message: string };
        return { uid, name, healthy: status === 'success', message };
      } catch (error) {
        return { uid, name, healthy: false, message: error instanceof Error ? error.message : String(error) };
      }
    })
  );
}
