import { useState } from 'react';
import { useSource } from '../shared/source';
import { asError, useLoad } from '../shared/useLoad';
import { listAlerts, type Alert, type AlertFilter } from './alerts';

interface More {
  /** What the pages belong to: the first page that they follow. */
  after?: object;
  alerts: Alert[];
  nextCursor: string | null;
  error?: Error;
  busy?: boolean;
}

/** The alerts of a filter, page by page. */
export function useAlertList(filter: AlertFilter) {
  const uid = useSource();
  const first = useLoad(JSON.stringify([uid, filter]), () => listAlerts(uid, filter));
  const [stored, setMore] = useState<More>({ alerts: [], nextCursor: null });
  const fresh: More = { after: first.value, alerts: [], nextCursor: first.value?.nextCursor ?? null };
  const more = stored.after === first.value ? stored : fresh;
  const loadMore = async () => {
    if (more.nextCursor === null) {
      return;
    }
    setMore({ ...more, after: first.value, busy: true, error: undefined });
    try {
      const page = await listAlerts(uid, filter, more.nextCursor);
      setMore({ after: first.value, alerts: [...more.alerts, ...page.alerts], nextCursor: page.nextCursor });
    } catch (reason) {
      setMore({ ...more, after: first.value, error: asError(reason) });
    }
  };
  return {
    first,
    alerts: [...(first.value?.alerts ?? []), ...more.alerts],
    hasMore: more.nextCursor !== null,
    loadingMore: more.busy === true,
    moreError: more.error,
    loadMore,
  };
}
