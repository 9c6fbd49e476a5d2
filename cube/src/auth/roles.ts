/** The roles that a token may carry; each is one group of the models' access policies. */
export const roles = [
  'executive',
  'operations',
  'marketing',
  'clinical',
  'analyst',
  'payer',
  'on_call',
  'data_steward',
] as const;

export type Role = (typeof roles)[number];

export function isRole(value: unknown): value is Role {
  return roles.includes(value as Role);
}
