import React, { type ReactNode } from 'react';

interface Props {
  renderTitle?: (title: string) => ReactNode;
  subTitle?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** Grafana puts its own page here; outside of it there is none. */
export function PluginPage({ renderTitle, subTitle, actions, children }: Props) {
  return (
    <main>
      {renderTitle?.('')}
      {subTitle}
      {actions}
      {children}
    </main>
  );
}
