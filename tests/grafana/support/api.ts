export interface Frame {
  schema: {
    meta?: { type?: string; typeVersion?: number[] };
    fields: {
      name: string;
      type: string;
      labels?: Record<string, string>;
      config?: { displayNameFromDS?: string; unit?: string; description?: string };
    }[];
  };
  data: { values: unknown[][] };
}

export interface QueryResult {
  status: number;
  error?: string;
  frames: Frame[];
}

/** A query of the data source as a panel stores it; `refId` and the data source are added. */
export type PanelQuery = Record<string, unknown>;

const day = 86_400_000;

/** Grafana's HTTP API as one user. */
export class GrafanaApi {
  private readonly url: string;
  private readonly user: string;
  private readonly password: string;
  private credentials: Record<string, string>;

  constructor(url: string, user: string, password: string) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.credentials = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  }

  /** Goes on with a session, as a browser does: a password takes Grafana some milliseconds at each call. */
  async signIn(): Promise<void> {
    const { user, password } = this;
    const response = await fetch(`${this.url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user, password }),
    });
    if (!response.ok) throw new Error(`Grafana let nobody in: ${response.status}.`);
    this.credentials = {
      cookie: response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0] ?? '')
        .join('; '),
    };
  }

  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.url}/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...this.credentials, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  }

  /** Reads an address whose answer is plain text. */
  async text(path: string): Promise<string> {
    return (await fetch(`${this.url}/api/${path}`, { headers: this.credentials })).text();
  }

  /** Runs queries named A, B, ... over the 12 months to now. */
  async query(queries: PanelQuery[], headers?: Record<string, string>): Promise<Record<string, QueryResult>> {
    const now = Date.now();
    const list = queries.map((query, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: { uid: 'fua-cube' },
      intervalMs: day,
      maxDataPoints: 500,
      ...query,
    }));
    const body = { from: String(now - 365 * day), to: String(now), queries: list };
    const answer = await this.call<{ results?: Record<string, QueryResult> }>('POST', 'ds/query', body, headers);
    if (!answer.results) throw new Error(`Grafana refused the queries: ${JSON.stringify(answer)}`);
    return answer.results;
  }

  /** Makes a user with a role in the organisation. @returns the API as that user */
  async as(role: 'Viewer' | 'Editor'): Promise<GrafanaApi> {
    const login = `test-${role.toLowerCase()}`;
    const password = 'only-for-this-test';
    const { id } = await this.call<{ id: number }>('POST', 'admin/users', {
      login,
      password,
      email: `${login}@example.org`,
    });
    await this.call('PATCH', `org/users/${id}`, { role });
    return new GrafanaApi(this.url, login, password);
  }
}
