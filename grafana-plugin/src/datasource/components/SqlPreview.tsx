import React, { useEffect, useState } from 'react';
import type { TimeRange } from '@grafana/data';
import { Alert, ClipboardButton, CodeEditor, LoadingPlaceholder, Stack } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { CubeDataSource, ShownSql } from '../datasource';
import { messageOf } from '../messageOf';
import type { CubeQuery } from '../query';
import { toText } from '../queryText';

interface Props {
  datasource: Pick<CubeDataSource, 'getSql'>;
  query: CubeQuery;
  range: TimeRange | undefined;
}

/** The SQL that Cube sends to its database for the query, as it can be run. */
export function SqlPreview({ datasource, query, range }: Props) {
  const [shown, setShown] = useState<ShownSql>();
  const [problem, setProblem] = useState<string>();
  const text = toText(query);
  useEffect(() => {
    let current = true;
    datasource.getSql(query, range).then(
      (answer) => {
        if (current) {
          setShown(answer);
          setProblem(undefined);
        }
      },
      (error: unknown) => current && setProblem(messageOf(error))
    );
    return () => {
      current = false;
    };
    // The text stands for the query, whose object is another one at each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [datasource, text, range]);
  if (problem !== undefined) {
    return (
      <Alert severity="info" title={t('sql.not-shown', 'The SQL cannot be shown')}>
        {problem}
      </Alert>
    );
  }
  if (!shown) {
    return <LoadingPlaceholder text={t('sql.asking', 'Asking Cube ...')} />;
  }
  return (
    <Stack direction="column" gap={0.5} alignItems="stretch">
      <CodeEditor language="sql" height={240} readOnly showMiniMap={false} value={shown.sql} />
      <div>
        <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => shown.sql}>
          {t('sql.copy', 'Copy')}
        </ClipboardButton>
      </div>
    </Stack>
  );
}
