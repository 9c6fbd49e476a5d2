import React from 'react';
import { Badge, type BadgeColor, type IconName } from '@grafana/ui';
import { riskText, type RiskLevel } from './churn';

const looks: Record<RiskLevel, { color: BadgeColor; icon: IconName }> = {
  critical: { color: 'red', icon: 'fire' },
  high: { color: 'orange', icon: 'exclamation-triangle' },
  medium: { color: 'blue', icon: 'exclamation-circle' },
  low: { color: 'green', icon: 'check' },
};

export function RiskBadge({ level }: { level: RiskLevel }) {
  return <Badge text={riskText(level)} {...(looks[level] ?? looks.low)} />;
}
