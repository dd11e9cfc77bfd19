/** Counts of a whole run. */
import type { Ledger } from './ledger.ts';
import { PHASES, type Phase } from './phase.ts';
import { KINDS, type Kind } from './words.ts';

export interface Tally {
  kill(kind: Kind, phase: Phase): void;
  /** Wrong things that were found. */
  blame(count: number): void;
  checked(proposals: number, items: Readonly<Record<string, number>>): void;
  calls(ledger: Ledger): void;
  chain(entries: number): void;
  /** What went wrong at the provider by itself, or took long. */
  trouble(what: string): void;
  kills(): number;
  wrong(): number;
  proposals(): number;
  lines(): string[];
}

export function createTally(): Tally {
  const kills = new Map<string, number>();
  const items: Record<string, number> = {};
  const troubles = new Map<string, number>();
  let [killed, wrong, proposals, asked, effects, entries, chains] = [0, 0, 0, 0, 0, 0, 0];
  const of = (kind: Kind, phase: Phase) => kills.get(`${kind} ${phase}`) ?? 0;
  return {
    kill(kind, phase) {
      killed += 1;
      kills.set(`${kind} ${phase}`, of(kind, phase) + 1);
    },
    blame(count) {
      wrong += count;
    },
    checked(count, states) {
      proposals += count;
      for (const [state, some] of Object.entries(states)) items[state] = (items[state] ?? 0) + some;
    },
    calls(ledger) {
      asked += ledger.asked.length;
      effects += ledger.effects.length;
    },
    chain(count) {
      entries += count;
      chains += 1;
    },
    trouble(what) {
      troubles.set(what, (troubles.get(what) ?? 0) + 1);
    },
    kills: () => killed,
    wrong: () => wrong,
    proposals: () => proposals,
    lines: () => [
      '',
      `${'killed'.padEnd(8)}${[...PHASES, 'all'].map((phase) => phase.padStart(9)).join('')}`,
      ...KINDS.map((kind) =>
        row(
          kind,
          PHASES.map((phase) => of(kind, phase)),
        ),
      ),
      row(
        'all',
        PHASES.map((phase) => KINDS.reduce((sum, kind) => sum + of(kind, phase), 0)),
      ),
      '',
      `${killed} kills, ${proposals} proposals and undos; resources: ${counts(Object.entries(items))}`,
      `trouble beside: ${counts([...troubles])}`,
      `asked to change something ${asked} times, changed ${effects} times`,
      `${chains} audit chains, ${entries} entries`,
      wrong === 0 ? 'No action twice, none lost, every chain intact.' : `${wrong} things are wrong.`,
    ],
  };
}

function row(name: string, numbers: readonly number[]): string {
  const all = numbers.reduce((sum, one) => sum + one, 0);
  return `${name.padEnd(8)}${[...numbers, all].map((one) => String(one).padStart(9)).join('')}`;
}

function counts(entries: readonly (readonly [string, number])[]): string {
  return entries.map(([what, count]) => `${what} ${count}`).join(', ') || 'none';
}
