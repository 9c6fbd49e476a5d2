import React from 'react';
import { Badge, type BadgeColor, type IconName } from '@grafana/ui';
import { severityText, statusText, type Severity, type Status } from './alerts';

const severityLooks: Record<Severity, { color: BadgeColor; icon: IconName }> = {
  critical: { color: 'red', icon: 'fire' },
  high: { color: 'orange', icon: 'exclamation-triangle' },
  medium: { color: 'blue', icon: 'exclamation-circle' },
  low: { color: 'green', icon: 'info-circle' },
};

const statusIcons: Record<Status, IconName> = { open: 'bell', acknowledged: 'eye', resolved: 'check' };

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <Badge text={severityText(severity)} {...(severityLooks[severity] ?? severityLooks.low)} />;
}

export function StatusBadge({ status }: { status: Status }) {
  return <Badge text={statusText(status)} color="darkgrey" icon={statusIcons[status]} />;
}
