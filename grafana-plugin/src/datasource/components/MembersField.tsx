import React, { useId } from 'react';
import { InlineField, MultiSelect } from '@grafana/ui';
import { chosenOptions, isFound, type Option, type OptionGroup } from '../options';
import { labelWidth } from './types';

interface Props {
  label: string;
  tooltip?: string;
  placeholder: string;
  /** The options that may be chosen. */
  own: Option[];
  /** Them with others that are greyed; `own` when left out. */
  shown?: OptionGroup[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Several members by their titles. Chosen ones that the model does not offer stay, under their names. */
export function MembersField({ label, tooltip, placeholder, own, shown, chosen, onChange }: Props) {
  const id = useId();
  return (
    <InlineField label={label} labelWidth={labelWidth} tooltip={tooltip} htmlFor={id} grow>
      <MultiSelect
        inputId={id}
        aria-label={label}
        placeholder={placeholder}
        filterOption={isFound}
        options={shown ?? own}
        value={chosenOptions(own, chosen)}
        onChange={(now) => onChange(now.flatMap(({ value }) => value ?? []))}
      />
    </InlineField>
  );
}
