/** The hierarchy's sums: currencies, unknown days, and how far each place is complete. */
import { expect, it } from 'vitest';
import { growTree } from '../../../src/analysis/incidents/grow-tree.ts';
import type { CostPart } from '../../../src/analysis/incidents/types.ts';
import { slicePath } from '../../../src/core/scope-path.ts';
import { DAYS, soil } from './trees.ts';

function part(path: string, changes: Partial<CostPart> = {}, amount = 10): CostPart {
  return {
    path: path.split('/'),
    currency: 'USD',
    source: 'aws',
    values: new Float64Array(DAYS).fill(amount),
    ...changes,
  };
}
const known = (from = 0) => new Uint8Array(DAYS).fill(1, from);

it('adds leaves up to every place above them, parents first', () => {
  const { nodes } = growTree([part('a/m/s/x'), part('a/m/s/y'), part('b/n/s/x')], soil());
  const sums = nodes.map(({ path, values }) => `${path.join('/')}=${values[0]}`);
  expect(sums).toEqual([
    ...['=30', 'a=20', 'a/m=20', 'a/m/s=20', 'a/m/s/x=10', 'a/m/s/y=10'],
    ...['b=10', 'b/n=10', 'b/n/s=10', 'b/n/s/x=10'],
  ]);
  expect(nodes.every(({ parent }, index) => parent < index)).toBe(true);
});

it('keeps what is billed in one currency in it, and converts a mixture at one rate', () => {
  const rateOf = (currency: string) => ({ USD: 1, EUR: 1.1 })[currency];
  const { nodes } = growTree(
    [part('a/m/s/x'), part('b/n/s/x', { currency: 'EUR', source: 'azure' })],
    soil({
      rateOf,
      sources: new Map([
        ['aws', { through: DAYS - 1, known: known() }],
        ['azure', { through: DAYS - 1, known: known() }],
      ]),
    }),
  );
  const at = (path: string) => nodes.find((node) => node.path.join('/') === path);
  expect(at('b')).toMatchObject({ currency: 'EUR', rate: 1.1 });
  expect(at('b')?.values[3]).toBe(10);
  expect(at('')).toMatchObject({ currency: 'USD', rate: 1 });
  expect(at('')?.values[3]).toBeCloseTo(21);
});

it('ends each place with the last day complete in all sources that matter to it', () => {
  const sources = new Map([
    ['aws', { through: 58, known: known() }],
    ['gcp', { through: 55, known: known() }],
    ['tiny', { through: 40, known: known() }],
  ]);
  const { nodes } = growTree(
    [
      part('a/m/s/x', {}, 100),
      part('b/n/s/x', { source: 'gcp' }, 100),
      part('c/o/s/x', { source: 'tiny' }, 1),
    ],
    soil({ sources }),
  );
  const lengths = Object.fromEntries(nodes.map(({ path, values }) => [path.join('/'), values.length]));
  expect(lengths).toMatchObject({ a: 59, b: 56, c: 41, '': 56 });
  expect(nodes[0]?.sources).toEqual(['aws', 'gcp']);
});

it('a day that a source does not know is unknown there and above, not free', () => {
  const sources = new Map([
    ['aws', { through: DAYS - 1, known: known() }],
    ['gcp', { through: DAYS - 1, known: known(20) }],
  ]);
  const { nodes } = growTree([part('a/m/s/x'), part('b/n/s/x', { source: 'gcp' })], soil({ sources }));
  const at = (path: string) => nodes.find((node) => node.path.join('/') === path)?.values;
  expect([at('')?.[19], at('')?.[20]]).toEqual([Number.NaN, 20]);
  expect([at('a')?.[19], at('b')?.[19]]).toEqual([10, Number.NaN]);
});

it('a slice across the tree is a place of its own', () => {
  const slice = part('', { path: slicePath('provider', 'AWS') });
  const { nodes } = growTree([part('a/m/s/x'), slice], soil());
  expect(nodes.at(-1)).toMatchObject({ path: ['', 'provider', 'AWS'], parent: -1 });
  expect(nodes[0]?.values[0]).toBe(10);
});
