import React, { type ReactNode } from 'react';
import { PluginPage } from '@grafana/runtime';

interface PageProps {
  title: string;
  subTitle: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page, with a heading that is the page's and not that of Grafana's section. */
export function Page({ title, subTitle, actions, children }: PageProps) {
  return (
    <PluginPage renderTitle={() => <h1>{title}</h1>} subTitle={subTitle} actions={actions}>
      {children}
    </PluginPage>
  );
}
