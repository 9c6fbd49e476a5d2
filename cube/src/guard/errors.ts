/** A request that the guard refuses; the text is for the caller. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.status = status;
  }
}

export function invalid(message: string): never {
  throw new RefusedError(400, message);
}

/** Same words whether the member is hidden from the caller or does not exist. */
export function notAvailable(member: string): never {
  throw new RefusedError(
    403,
    `"${clip(member)}" does not exist or is not available to your role. GET /cubejs-api/v1/meta lists what is.`,
  );
}

/** Keeps echoed input short. */
export function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}
