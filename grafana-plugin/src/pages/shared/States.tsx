import React, { type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { Alert, Button, LoadingPlaceholder, Stack } from '@grafana/ui';
import type { Load } from './useLoad';

interface LoadedProps<T> {
  load: Load<T>;
  /** What is being loaded, in words. */
  loading: string;
  children: (value: T) => ReactNode;
}

/** Shows what is loaded; before, that it is loading; after a failure, why and how to try again. */
export function Loaded<T>({ load, loading, children }: LoadedProps<T>) {
  if (load.error) {
    return <Failure error={load.error} retry={load.reload} />;
  }
  if (load.value === undefined) {
    return <LoadingPlaceholder text={loading} />;
  }
  return <div aria-busy={load.loading}>{children(load.value)}</div>;
}

interface FailureProps {
  error: Error;
  title?: string;
  retry?: () => void;
}

export function Failure({ error, title, retry }: FailureProps) {
  return (
    <Alert severity="error" title={title ?? t('state.failed', 'This could not be loaded')}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>{error.message}</span>
        {retry && (
          <Button size="sm" variant="secondary" icon="sync" onClick={retry}>
            {t('state.retry', 'Try again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
