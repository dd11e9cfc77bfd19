/**
 * npx tsx test/sources/stand-in/serve.ts KIND [--port N] [--days 65]: a billing API that stands in for the vendor's,
 * with charges of an invented organisation, for trying a source without an account. Ctrl-C ends it.
 */
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { addDays, msToDay } from '../../../src/core/day.ts';
import { sources } from '../../../src/sources/registry.ts';
import { findStandIn } from './find.ts';
import { truthCharges } from './truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '0' }, days: { type: 'string', default: '65' } },
});
const kind = positionals[0] ?? '';
const [port, days] = [Number(values.port), Number(values.days)];
const wrong =
  positionals.length !== 1 ||
  !sources.some(({ id }) => id === kind) ||
  !Number.isInteger(port) ||
  !(Number.isInteger(days) && days > 0);
if (wrong) {
  const kinds = sources.map(({ id }) => id).join(' | ');
  process.stderr.write(`Usage: npx tsx test/sources/stand-in/serve.ts ${kinds} [--port N] [--days N]\n`);
  process.exit(2);
}

const start = await findStandIn(kind);
const standIn = await start({ port });
const today = msToDay(Date.now());
standIn.bill(truthCharges({ start: addDays(today, 1 - days), end: today, services: 24 }));
const variables = Object.entries(standIn.variables).map(
  ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
);
const entry = { sources: [{ name: 'trial', kind, ...standIn.options }] };
process.stdout.write(`${kind} stands at ${standIn.url}, with the charges of ${days} days.

# in another shell:
${variables.join('\n')}

# trial.yaml:
${stringify(entry)}
# then:
npx pennywatch poll trial --config trial.yaml --db file:trial.db --pace 0
`);
