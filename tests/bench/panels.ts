import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '@fair-underwriting/stack/src/config.ts';
import { runCommand } from '@fair-underwriting/stack/src/run-command.ts';
import { workbenchApp } from '@fair-underwriting/stack/src/workbench/app.ts';
import { WORKBENCH_PAGES } from '@fair-underwriting/stack/src/workbench/pages.ts';
import { chromium, type CDPSession, type Page } from 'playwright-core';
import { findChromium } from '../support/chromium.ts';
import { median } from './timing.ts';

/** Milliseconds of scripting, the medians of several runs, and of the longest frame while scrolling. */
export interface PanelFigures {
  scene: string;
  firstPaint: number;
  update: number;
  longestFrame: number;
}

const RUNS = 7;
const SCENES = ['cohort-36x36', 'cohort-120x120'];
const LIMIT = 300_000;

/**
 * Draws the cohort panel in Chromium, in the production build of the workbench: the scripting counted includes Grafana's
 * frame around the panel, field overrides and the making of the fixture. Counted is time on the main thread, so that
 * other load on the machine stays out; frames are by the clock.
 * @returns undefined when there is no Chromium
 */
export async function benchPanels(): Promise<PanelFigures[] | undefined> {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  await buildWorkbench();
  const server = workbenchApp(WORKBENCH_PAGES, () => Promise.reject(new Error('No Cube here.'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?scene=cohort-empty`);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const figures: PanelFigures[] = [];
    for (const scene of SCENES) figures.push(await benchScene(page, session, scene));
    return figures;
  } finally {
    await browser.close();
    server.close();
  }
}

async function benchScene(page: Page, session: CDPSession, scene: string): Promise<PanelFigures> {
  const paints: number[] = [];
  const updates: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    paints.push(await scripting(session, () => show(page, scene)));
    updates.push(
      await scripting(session, async () => {
        const before = await page.getByRole('grid').textContent();
        await page.getByRole('button', { name: 'Refresh' }).click();
        await page.waitForFunction(`document.querySelector('[role=grid]').textContent !== ${JSON.stringify(before)}`);
        await settle(page);
      }),
    );
    if (run < RUNS - 1) await show(page, 'cohort-empty');
  }
  const longestFrame = await scroll(page);
  await show(page, 'cohort-empty');
  return { scene, firstPaint: median(paints), update: median(updates), longestFrame };
}

// What runs in the page is text: it is of another world than this file, with other globals.

async function show(page: Page, scene: string): Promise<void> {
  await page.evaluate(`
    history.pushState(null, '', '/?scene=${scene}');
    dispatchEvent(new PopStateEvent('popstate'));`);
  await page.locator('[role=grid], [role=status]').first().waitFor();
  await settle(page);
}

/** Two frames: the first draws, the second begins after it is done. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  })`);
}

async function scripting(session: CDPSession, act: () => Promise<void>): Promise<number> {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  };
  const before = await read();
  await act();
  return ((await read()) - before) * 1_000;
}

/** Scrolls down and to the right by turns. @returns milliseconds of the longest frame */
async function scroll(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const box = document.querySelector('[role=grid]').parentElement;
    let longest = 0;
    let frames = 0;
    let last = performance.now();
    requestAnimationFrame(function step(now) {
      // The first frames still belong to what came before.
      if (frames > 3) longest = Math.max(longest, now - last);
      last = now;
      frames += 1;
      if (frames > 180) return resolve(longest);
      box.scrollBy(frames % 60 < 30 ? { top: 40 } : { left: 40 });
      requestAnimationFrame(step);
    });
  })`);
}

async function buildWorkbench(): Promise<void> {
  const { ok, output } = await runCommand('npm', ['run', 'workbench:build'], {
    cwd: join(ROOT, 'grafana-plugin'),
    limit: LIMIT,
  });
  if (!ok) throw new Error(`The workbench could not be built:\n${output}`);
}
