/** Accounts under `actions.accounts` say how they are reached. */
import { expect, it } from 'vitest';
import { mistakesIn, settingsFrom } from './config-folder.ts';

function accounts(entry: string): string {
  return `actions:\n  accounts:\n    - ${entry}\n`;
}

it.each(['{ provider: kubernetes, account: "*" }', '{ provider: kubernetes, account: " * " }'])(
  'a context reaches one cluster: it must be named in %s',
  (entry) => {
    expect(mistakesIn(accounts(entry))).toEqual([
      'pennywatch.yaml:3  actions.accounts[0].account: found "*", expected the name of the cluster as bills write it',
    ]);
  },
);

it('a cluster without a name is told once', () => {
  expect(mistakesIn(accounts('{ provider: kubernetes }'))).toEqual([
    'pennywatch.yaml:3  actions.accounts[0].provider: found kubernetes without account, expected account: the name of the cluster as bills write it',
  ]);
});

it('a named one is fine, and "*" is for providers that have only one', () => {
  const { actions } = settingsFrom(
    `${accounts('{ provider: kubernetes, account: ml-cluster, namespaces: search }')}    - { provider: openai, account: "*" }\n`,
  );
  expect(
    actions.accounts.map(({ provider, account, namespaces }) => [provider, account, namespaces]),
  ).toEqual([
    ['kubernetes', 'ml-cluster', ['search']],
    ['openai', '*', []],
  ]);
});
