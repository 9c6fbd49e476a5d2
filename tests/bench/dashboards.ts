import { dashboards } from '@fair-underwriting/provisioning/src/dashboards/all.ts';
import { allPanels } from '@fair-underwriting/provisioning/src/dashboard.ts';
import { GRAFANA_ADMIN } from '@fair-underwriting/stack/src/grafana/process.ts';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../support/chromium.ts';
import { treeProcessor } from './process-tree.ts';
import { median } from './timing.ts';

/** Seconds until all panels of a dashboard are drawn. */
export interface DashboardTimes {
  dashboard: string;
  panels: number;
  /** Opened by its address in a browser that knows nothing yet, where Cube was never asked for it. */
  cold: number;
  /** By its address again, the browser's files at hand; the median of three. */
  warm: number;
  /** From another page of Grafana, by a link; the median of three. */
  byLink: number;
  /** Of these last, on average: seconds of processor of the stack, and of the page's main thread. */
  processor: { stack: number; page: number };
  /** Panels that show an error. */
  failed: number;
}

export interface DashboardTarget {
  grafana: { url: string; password: string };
  /** Processes of the parts that answer. */
  parts: [name: string, pid: number][];
}

/** So high that every panel is in sight, and asks for its data. */
const viewport = { width: 1440, height: 3_200 };
/** Milliseconds without a change after which a page counts as drawn. */
const quiet = 1_000;
const patience = 120_000;
const opens = 3;

/** Opens every dashboard in Chromium. @returns undefined when there is none */
export async function benchDashboards(target: DashboardTarget): Promise<DashboardTimes[] | undefined> {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const times: DashboardTimes[] = [];
    for (const { uid = '', title = '', panels } of dashboards.map((one) => ({ ...one, panels: questions(one) }))) {
      times.push({ dashboard: title, panels, ...(await openAgainAndAgain(browser, target, uid, panels)) });
    }
    return times;
  } finally {
    await browser.close();
  }
}

/** Panels that ask for data when the dashboard is opened: not those of rows that are closed. */
function questions(dashboard: (typeof dashboards)[number]): number {
  const closed = (dashboard.panels ?? []).flatMap((panel) =>
    'panels' in panel && panel.collapsed ? panel.panels.map(({ id }) => id) : [],
  );
  return allPanels(dashboard).filter((panel) => panel.type !== 'row' && !closed.includes(panel.id)).length;
}

async function openAgainAndAgain(browser: Browser, { grafana, parts }: DashboardTarget, uid: string, panels: number) {
  const context = await browser.newContext({ baseURL: grafana.url, viewport });
  try {
    const page = await context.newPage();
    await page.request.post('/login', { data: { user: GRAFANA_ADMIN, password: grafana.password } });
    await page.addInitScript(`
      globalThis.lastChange = 0;
      new MutationObserver(() => { globalThis.lastChange = performance.now(); })
        .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });`);
    const path = `/d/${uid}?kiosk`;
    const byAddress = () => drawn(page, panels, () => page.goto(path, { timeout: patience }));
    const cold = await byAddress();
    const failed = await page.getByTestId('data-testid Panel status error').count();
    const warm: number[] = [];
    for (let count = 0; count < opens; count += 1) warm.push(await byAddress());
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const processor = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return {
        stack: parts.reduce((sum, [, pid]) => sum + treeProcessor(pid), 0),
        page: metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN,
      };
    };
    const byLink: number[] = [];
    const taken = { stack: 0, page: 0 };
    for (let count = 0; count < opens; count += 1) {
      await page.goto('/profile');
      await page.waitForLoadState('networkidle');
      const before = await processor();
      byLink.push(
        await drawn(page, panels, () =>
          page.evaluate(`
            globalThis.began = performance.now();
            history.pushState(null, '', ${JSON.stringify(path)});
            dispatchEvent(new PopStateEvent('popstate'));`),
        ),
      );
      const after = await processor();
      taken.stack += (after.stack - before.stack) / opens;
      taken.page += (after.page - before.page) / opens;
    }
    return { cold, warm: median(warm), byLink: median(byLink), processor: taken, failed };
  } finally {
    await context.close();
  }
}

/**
 * Seconds from the start of `go` to the last change of the page before it stayed as it is, with an answer to every
 * panel's question.
 */
async function drawn(page: Page, panels: number, go: () => Promise<unknown>): Promise<number> {
  let asked = 0;
  let answered = 0;
  const isQuestion = (request: { url(): string }) => request.url().includes('/api/ds/query');
  const onRequest = (request: { url(): string }) => void (asked += isQuestion(request) ? 1 : 0);
  const onAnswer = (request: { url(): string }) => void (answered += isQuestion(request) ? 1 : 0);
  page.on('request', onRequest).on('requestfinished', onAnswer).on('requestfailed', onAnswer);
  try {
    await go();
    for (const giveUp = performance.now() + patience; ;) {
      const [now, lastChange, began] = await page.evaluate<[number, number, number]>(
        '[performance.now(), globalThis.lastChange, globalThis.began ?? 0]',
      );
      if (answered >= panels && asked === answered && now - lastChange > quiet) return (lastChange - began) / 1_000;
      if (performance.now() > giveUp) throw new Error(`${answered} of ${panels} panels were answered.`);
      await page.waitForTimeout(50);
    }
  } finally {
    page.off('request', onRequest).off('requestfinished', onAnswer).off('requestfailed', onAnswer);
  }
}
