import type { Filter } from '../../datasource/query';
import { callService } from '../shared/request';
import type { Kind } from './kinds';

/** A cohort as Cube's server keeps it. */
export interface SavedCohort {
  id: string;
  name: string;
  description: string | null;
  kind: Kind;
  filters: Filter[];
  createdAt: string;
  createdBy: string | null;
  updatedAt: string | null;
  updatedBy: string | null;
  version: number;
}

export interface SavedCohorts {
  cohorts: SavedCohort[];
  /** Whether this user's roles may save and delete. */
  mayWrite: boolean;
}

export type NewCohort = Pick<SavedCohort, 'name' | 'description' | 'kind' | 'filters'>;

export function listCohorts(uid: string): Promise<SavedCohorts> {
  return callService<SavedCohorts>(uid, 'cohorts', '');
}

export function saveCohort(uid: string, cohort: NewCohort): Promise<SavedCohort> {
  return callService<SavedCohort>(uid, 'cohorts', '', { method: 'POST', body: cohort });
}

/** Replaces what is saved. Fails when somebody else has changed it since `previous` was loaded. */
export function updateCohort(uid: string, previous: SavedCohort, cohort: NewCohort): Promise<SavedCohort> {
  const body = { ...cohort, version: previous.version };
  return callService<SavedCohort>(uid, 'cohorts', `/${previous.id}`, { method: 'PUT', body });
}

export function deleteCohort(uid: string, id: string): Promise<unknown> {
  return callService(uid, 'cohorts', `/${id}`, { method: 'DELETE' });
}
