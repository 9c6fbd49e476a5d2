import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readComposeFile, type ComposeService } from './compose-file.ts';

/** Where the stand-in for a container finds what an engine would mount or publish. */
export interface Place {
  /** The image's working folder. */
  tree: string;
  secrets: string;
  volumes: string;
  /** Free ports that take the place of those in the Compose file. */
  ports: Record<string, number>;
}

/** A service of the Compose file as a process: its command and its environment, nothing of this process's own. */
export class Container {
  readonly #place: Place;
  readonly #service: ComposeService;
  readonly #child: ChildProcess;
  #output = '';

  constructor(name: string, place: Place) {
    const service = readComposeFile().services[name];
    if (!service) throw new Error(`The Compose file has no service ${name}.`);
    this.#place = place;
    this.#service = service;
    const [command = '', ...args] = service.command ?? [];
    for (const volume of service.volumes ?? []) mkdirSync(this.#moved(volume.split(':')[1] ?? ''), { recursive: true });
    this.#child = spawn(command, args, {
      cwd: place.tree,
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The exit code of a service that ends by itself. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Runs the health check of the Compose file. @returns whether it passes */
  isHealthy(): boolean {
    const [, command = '', ...args] = (this.#service.healthcheck?.test ?? []).map((word) => this.#onFreePort(word));
    return spawnSync(command, args, { cwd: this.#place.tree, env: this.#environment() }).status === 0;
  }

  /** @throws Error with what it wrote when it does not become healthy */
  async untilHealthy(): Promise<void> {
    const giveUp = Date.now() + 150_000;
    while (!this.isHealthy()) {
      if (Date.now() > giveUp || this.#child.exitCode !== null) throw new Error(`It is not healthy:\n${this.#output}`);
      await sleep(1_000);
    }
  }

  /** Stops it as an engine does. @returns the exit code; null when it had to be killed */
  async stop(): Promise<number | null> {
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    this.#child.kill('SIGTERM');
    const code = await this.ended();
    clearTimeout(killer);
    return code;
  }

  #environment(): Record<string, string> {
    const given = Object.entries(this.#service.environment ?? {}).map(
      ([name, value]) =>
        [name, name.endsWith('_PORT') ? this.#onFreePort(value) : this.#moved(this.#found(value))] as const,
    );
    // What the image itself sets.
    return { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...Object.fromEntries(given) };
  }

  /** The address of another service, which has a name on the network of the containers only. */
  #found(address: string): string {
    return address.replace(/^http:\/\/[a-z-]+:(\d{4})$/, (_whole, port: string) =>
      this.#onFreePort(`http://127.0.0.1:${port}`),
    );
  }

  #moved(path: string): string {
    return path
      .replace(/^\/run\/secrets\//, `${this.#place.secrets}/`)
      .replace(/^\/var\/lib\/fair-underwriting\//, `${join(this.#place.volumes)}/`);
  }

  #onFreePort(text: string): string {
    return text.replaceAll(/\b\d{4}\b/g, (port) => String(this.#place.ports[port] ?? port));
  }
}
