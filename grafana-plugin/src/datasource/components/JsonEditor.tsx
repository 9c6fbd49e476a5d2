import React, { useState } from 'react';
import { Alert, CodeEditor, Stack, Text } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { CubeQuery } from '../query';
import { fromText, toText } from '../queryText';

interface Props {
  query: CubeQuery;
  onChange: (query: CubeQuery) => void;
}

/** The query as text. A text that is no query gets a message and changes nothing. */
export function JsonEditor({ query, onChange }: Props) {
  const [problem, setProblem] = useState<string>();
  const read = (text: string) => {
    const result = fromText(text, query);
    if ('problem' in result) {
      setProblem(result.problem);
      return;
    }
    setProblem(undefined);
    if (toText(result.query) !== toText(query)) {
      onChange(result.query);
    }
  };
  return (
    <Stack direction="column" gap={1}>
      <CodeEditor
        language="json"
        height={320}
        showLineNumbers
        showMiniMap={false}
        value={toText(query)}
        onBlur={read}
        onSave={read}
      />
      {problem === undefined ? (
        <Text variant="bodySmall" color="secondary">
          {t(
            'json.applied',
            "Applied when you leave the editor, or with Ctrl+S. Queries of Cube's REST API are taken as well."
          )}
        </Text>
      ) : (
        <Alert severity="error" title={t('json.not-changed', 'The query was not changed')}>
          {problem}
        </Alert>
      )}
    </Stack>
  );
}
