import { describe, expect, it } from 'vitest';
import { mistakesIn, settingsFrom } from './config-folder.ts';

const BASE = `teams: [{ name: search }, { name: growth }]
models: [{ name: bert, team: search, aliases: [bert-base] }, { name: ranker, team: search }]
allocation:
  splits:
`;

/** Mistakes of one split that starts on line 5. */
function mistakes(...lines: string[]): string[] {
  const [first, ...rest] = lines;
  return mistakesIn(`${BASE}    - ${first}\n${rest.map((line) => `      ${line}\n`).join('')}`);
}

function at(line: number, text: string): string[] {
  return [`pennywatch.yaml:${line}  allocation.splits[0]${text}`];
}

const FROM = 'from: { team: platform }';

describe('splits', () => {
  it('reads all four ways of sharing, with names as the file spells them', () => {
    const { splits } = settingsFrom(`${BASE}
    - { name: a, from: { team: platform, service: "Amazon *" }, among: { team: [] }, by: direct-cost }
    - { name: b, from: { feature: gateway }, among: { model: [BERT-base, Ranker] }, by: shares, shares: { bert: 60, RANKER: 2.5 } }
    - { name: c, from: { account: "1" }, among: { team: Search }, by: evenly }
    - { name: d, from: { stage: data }, among: { model: [] }, by: usage, metric: gpu_hours }
`);
    expect(splits).toEqual([
      {
        name: 'a',
        from: { team: 'platform', service: 'Amazon *' },
        among: { dimension: 'team', names: [] },
        by: { kind: 'direct-cost' },
      },
      {
        name: 'b',
        from: { feature: 'gateway' },
        among: { dimension: 'model', names: ['bert', 'ranker'] },
        by: { kind: 'shares', shares: { bert: '60', ranker: '2.5' } },
      },
      {
        name: 'c',
        from: { account: '1' },
        among: { dimension: 'team', names: ['search'] },
        by: { kind: 'evenly' },
      },
      {
        name: 'd',
        from: { stage: 'data' },
        among: { dimension: 'model', names: [] },
        by: { kind: 'usage', metric: 'gpu_hours' },
      },
    ]);
  });

  it('a second split of the same name', () => {
    const one = '{ from: { team: p }, among: { team: [] }, by: evenly, name:';
    expect(mistakesIn(`${BASE}    - ${one} Platform }\n    - ${one} platform }\n`)).toEqual([
      'pennywatch.yaml:6  allocation.splits[1].name: found a second split "platform" (the first is on line 5), expected each split once',
    ]);
  });

  it('no condition', () => {
    expect(mistakes('name: a', 'from: {}', 'among: { team: [] }', 'by: evenly')).toEqual(
      at(
        6,
        '.from: found no condition, expected at least one, for example service: Amazon Elastic Kubernetes*',
      ),
    );
  });

  it.each([
    ['{}', ': found neither team nor model, expected one of them, for example team: [search, growth]'],
    ['{ team: [search], model: [bert] }', '.model: found team and model, expected only one of them'],
    [
      '{ team: [search, grwth] }',
      '.team[1]: found "grwth", expected the name of a team in teams – did you mean "growth"?',
    ],
    [
      '{ model: [bret] }',
      '.model[0]: found "bret", expected the name of a model in models – did you mean "bert"?',
    ],
    ['{ model: [bert, bert-base] }', '.model[1]: found "bert-base" a second time, expected each model once'],
  ])('among: %s', (among, expected) => {
    expect(mistakes('name: a', FROM, `among: ${among}`, 'by: evenly')).toEqual(at(7, `.among${expected}`));
  });

  it.each([
    [
      'by: shares',
      'among: { team: [search] }',
      '',
      5,
      '.shares: found nothing, expected shares with by: shares, for example { search: "60", growth: "40" }',
    ],
    [
      'by: shares',
      'among: { team: [] }',
      'shares: { search: 1 }',
      7,
      '.among.team: found no names, expected the teams that shares are for: only named ones can have fixed shares',
    ],
    [
      'by: shares',
      'among: { team: [search, growth] }',
      'shares: { search: 1 }',
      7,
      '.among.team[1]: found "growth", which has no share, expected one in shares for every team',
    ],
    [
      'by: shares',
      'among: { team: [search] }',
      'shares: { search: 1, growth: 2 }',
      9,
      '.shares.growth: found "growth", expected one of the teams in among.team',
    ],
    [
      'by: shares',
      'among: { model: [bert] }',
      'shares: { bert: 1, bert-base: 2 }',
      9,
      '.shares.bert-base: found "bert-base" a second time, expected each model once',
    ],
    [
      'by: evenly',
      'among: { team: [search] }',
      'shares: { search: 1 }',
      9,
      '.shares: found shares beside by: evenly, expected it only with by: shares',
    ],
    [
      'by: direct-cost',
      'among: { team: [] }',
      'metric: requests',
      9,
      '.metric: found metric beside by: direct-cost, expected it only with by: usage',
    ],
    [
      'by: usage',
      'among: { team: [] }',
      '',
      5,
      '.metric: found nothing, expected a metric with by: usage, for example metric: requests',
    ],
    [
      'by: usage',
      'among: { team: [] }',
      'metric: quality',
      9,
      '.metric: found "quality", expected a metric that adds up, for example requests',
    ],
  ])('%s, %s, %s', (by, among, more, line, expected) => {
    expect(mistakes('name: a', FROM, among, by, ...(more ? [more] : []))).toEqual(at(line, expected));
  });
});
