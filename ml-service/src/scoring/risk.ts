export const riskLevels = ['low', 'medium', 'high', 'critical'] as const;

export type RiskLevel = (typeof riskLevels)[number];

/** The level of a calibrated probability: low < 0.2 <= medium < 0.5 <= high < 0.8 <= critical. */
export function riskLevelOf(probability: number): RiskLevel {
  if (probability < 0.2) return 'low';
  if (probability < 0.5) return 'medium';
  return probability < 0.8 ? 'high' : 'critical';
}
