import { Button, Combobox, InlineField, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import React from 'react';
import type { Address, ThemeName } from './address';
import type { Scene } from './scene';

const themes: Array<{ label: string; value: ThemeName }> = [
  { label: 'Light', value: 'light' },
  { label: 'Dark', value: 'dark' },
];

const widths = [
  { label: 'Phone', value: 360 },
  { label: 'Half', value: 720 },
  { label: 'Wide', value: 0 },
];

interface Props {
  scenes: Scene[];
  address: Address;
  onChange: (address: Address) => void;
  /** Asks for the data anew. */
  onRefresh: () => void;
}

export function Controls({ scenes, address, onChange, onRefresh }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <nav className={styles.bar} aria-label="Workbench">
      <InlineField label="Scene">
        <Combobox
          id="workbench-scene"
          aria-label="Scene"
          width={40}
          options={scenes.map(({ id, title }) => ({ value: id, label: title, description: id }))}
          value={address.scene}
          onChange={({ value }) => onChange({ ...address, scene: value })}
        />
      </InlineField>
      <RadioButtonGroup
        aria-label="Theme"
        options={themes}
        value={address.theme}
        onChange={(theme) => onChange({ ...address, theme })}
      />
      <RadioButtonGroup
        aria-label="Width"
        options={widths}
        value={address.width ?? 0}
        onChange={(width) => onChange({ ...address, width: width || undefined })}
      />
      <Button variant="secondary" icon="sync" onClick={onRefresh}>
        Refresh
      </Button>
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    padding: theme.spacing(1, 2, 0),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '& > *': { marginBottom: theme.spacing(1) },
  }),
});
