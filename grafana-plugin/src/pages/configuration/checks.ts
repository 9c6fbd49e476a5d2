import { t } from '../../i18n/t';
import type { DataSourceSrv } from '@grafana/runtime';
import { dataSourceType } from '../shared/app';
import { callService, type Service } from '../shared/request';

/** What something says of itself. */
export interface Health {
  name: string;
  healthy: boolean;
  message: string;
}

export interface SourceHealth extends Health {
  uid: string;
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

/** Asks the services behind the pages, through the data source. */
export function checkServices(uid: string): Promise<Health[]> {
  const services: Array<{ service: Service; path: string; name: string }> = [
    { service: 'ml', path: '/readyz', name: t('configuration.ml', 'Churn service') },
    { service: 'alerts', path: '/readyz', name: t('configuration.alerts', 'Alert service') },
    { service: 'cohorts', path: '', name: t('configuration.cohorts', 'Store of saved cohorts') },
  ];
  return Promise.all(
    services.map(async ({ service, path, name }) => {
      try {
        await callService(uid, service, path);
        return { name, healthy: true, message: t('configuration.answers', 'It answers.') };
      } catch (error) {
        return { name, healthy: false, message: error instanceof Error ? error.message : String(error) };
      }
    })
  );
}
