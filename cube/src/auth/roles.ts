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

/** Roles that look after the model or write queries. SQL names tables and columns that views keep from the others. */
const sqlRoles: readonly Role[] = ['executive', 'operations', 'data_steward'];

export function maySeeSql(held: readonly string[]): boolean {
  return sqlRoles.some((role) => held.includes(role));
}

export function isRole(value: unknown): value is Role {
  return roles.includes(value as Role);
}
