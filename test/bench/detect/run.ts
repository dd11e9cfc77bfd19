/**
 * `npm run bench:detect`: scores the default detector and the forecast on labelled series, prints tables, and keeps
 * them in RESULTS.md. Options are explained in readme.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEFAULT_DETECTOR } from '../../../src/analysis/detectors/registry.ts';
import { BASELINES, GATED_BASELINES, product, productAsSet } from './contenders.ts';
import { causality, type Scored, scoreContender } from './detection.ts';
import { againstGated, detectionTables, detectionVerdicts, type Verdict } from './detection-report.ts';
import { eventList } from './event-list.ts';
import { writeFiles } from './files.ts';
import { forecastTables, forecastVerdicts, measureAll } from './forecast/report.ts';
import { DEFAULT_SEED, generate } from './generate.ts';
import { page } from './page.ts';
import { seedsTable } from './seeds.ts';
import { cell, plain, type Table } from './tables.ts';

/** Seeds whose figures are kept beside the default's. */
const SPREAD = 5;
const PARTS = ['detect', 'forecast'];
const { values: asked } = parseArgs({
  options: {
    detector: { type: 'string', default: DEFAULT_DETECTOR },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
    seeds: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    'csv-dir': { type: 'string' },
  },
});
const [seed, seeds] = [Number(asked.seed), Number(asked.seeds ?? 0)];
if (!Number.isInteger(seed) || !Number.isInteger(seeds) || (asked.only && !PARTS.includes(asked.only))) {
  process.stderr.write(`--seed and --seeds are whole numbers; --only is one of ${PARTS.join(', ')}.\n`);
  process.exit(2);
}

const say = (text: string) => process.stderr.write(`${text}\n`);
const contender = product(asked.detector);
const all = generate(seed);
if (asked['csv-dir']) {
  writeFiles(asked['csv-dir'], all);
  say(`${all.length} series written to ${asked['csv-dir']}`);
} else if (asked.json) {
  process.stdout.write(`${JSON.stringify(eventList(scoreContender(contender, all), all), undefined, 1)}\n`);
} else if (seeds > 0) {
  process.stdout.write(plain(seedsTable(contender, seeds, say)));
} else {
  report();
}

function report(): void {
  const [tables, verdicts]: [Table[], Verdict[]] = [[], []];
  if (asked.only !== 'forecast') {
    say(`scoring ${all.length} series`);
    const scored = scoreContender(contender, all);
    const rules = BASELINES.map((one) => scoreContender(one, all));
    const gated = GATED_BASELINES.map((one) => scoreContender(one, all));
    const asSet = scoreContender(productAsSet(asked.detector), all);
    tables.push(...detectionTables(scored, { asSet, rules, gated }));
    verdicts.push(...detectionVerdicts(scored, rules), againstGated(asSet, gated), looksAhead(scored));
  }
  if (asked.only !== 'detect') {
    const { measured } = measureAll(all, say);
    tables.push(...forecastTables(measured));
    verdicts.push(...forecastVerdicts(measured));
  }
  const whole = !asked.only && seed === DEFAULT_SEED && asked.detector === DEFAULT_DETECTOR;
  if (whole) tables.push(seedsTable(contender, SPREAD, say));
  process.stdout.write(`${tables.map(plain).join('\n')}\n`);
  for (const { text, met } of verdicts) process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${text}\n`);
  if (!whole) return;
  writeFileSync(new URL('RESULTS.md', import.meta.url), page({ tables, verdicts, all, date: new Date() }));
  say('kept in test/bench/detect/RESULTS.md');
}

function looksAhead(scored: Scored): Verdict {
  const { same, looked } = causality(contender, all, scored.up);
  return {
    text: `Causal: ${same} of ${looked} incidents are found at the same step when nothing after it is known (${cell(all.length / scored.seconds)} series a second)`,
    met: same === looked,
  };
}
