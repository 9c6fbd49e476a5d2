import { createHash } from 'node:crypto';
import type { LabelledData } from '../data/matrix.ts';

export function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** A hash of column names, values and labels: equal data give an equal hash. */
export function hashData({ features, labels }: LabelledData): string {
  const { buffer, byteOffset, byteLength } = features.values;
  return sha256(JSON.stringify(features.names), new Uint8Array(buffer, byteOffset, byteLength), labels);
}
