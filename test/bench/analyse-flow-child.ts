/** One whole analysis of a large organisation, in a process of its own so that its memory can be told. */
import { analyse } from '../../src/flows/analyse.ts';
import { openStore } from '../../src/store/open.ts';
import { type BigOrganisation, NOW, settingsOfOrganisation } from './big-store.ts';

export interface FlowTask {
  readonly url: string;
  readonly size: BigOrganisation;
}

export interface FlowTimes {
  readonly ms: number;
  /** The process's largest, in bytes. */
  readonly rss: number;
  readonly scopes: number;
  readonly opened: number;
}

const task: FlowTask = JSON.parse(process.argv[2] ?? '');
const store = await openStore(task.url);
const log = { info() {}, warn() {}, error() {} };
const settings = settingsOfOrganisation(task.size);
const began = performance.now();
const { scopes, opened } = await analyse({ store, settings, log, now: () => NOW }, { force: true });
const ms = performance.now() - began;
// resourceUsage counts in KiB.
const rss = process.resourceUsage().maxRSS * 1024;
await store.$disconnect();
process.send?.({ ms, rss, scopes, opened: opened.length } satisfies FlowTimes);
