import { describe, expect, it } from 'vitest';
import { mistakesIn } from './config-folder.ts';

describe('keys', () => {
  it('an unknown key is an error with the key that was meant', () => {
    expect(mistakesIn('teams:\n  - name: search\n    ownr: mira@x.example\n')).toEqual([
      'pennywatch.yaml:3  teams[0].ownr: unknown key "ownr" – did you mean "owner"?',
    ]);
  });

  it('an unknown key unlike any other lists the known ones', () => {
    expect(mistakesIn('storage:\n  colour: blue\n')).toEqual([
      'pennywatch.yaml:2  storage.colour: unknown key "colour", expected one of resourceDays',
    ]);
  });

  it('an unknown dimension is an unknown key', () => {
    expect(mistakesIn('dimensions:\n  enviroment: { tags: [env] }\n')).toEqual([
      'pennywatch.yaml:2  dimensions.enviroment: unknown key "enviroment" – did you mean "environment"?',
    ]);
  });

  it('a missing key is told where it should be', () => {
    expect(mistakesIn('teams:\n  - title: Search\n')).toEqual([
      'pennywatch.yaml:2  teams[0].name: found nothing, expected a short team name such as search',
    ]);
  });
});

describe('values', () => {
  it.each([
    [
      'timeZone: Mars/Olympus',
      'timeZone: found "Mars/Olympus", expected an IANA time zone such as Europe/Berlin or UTC',
    ],
    ['timeZone: +01:00', 'timeZone: found "+01:00", expected an IANA time zone such as Europe/Berlin or UTC'],
    [
      'weekStart: mondy',
      'weekStart: found "mondy", expected one of monday, sunday, saturday – did you mean "monday"?',
    ],
    ['currency: DOLLAR', 'currency: found "DOLLAR", expected an ISO 4217 currency code such as USD or EUR'],
    ['organisation: "  "', 'organisation: found "  ", expected the name of your organisation'],
    ['organisation: [a]', 'organisation: found a list, expected the name of your organisation'],
    ['teams: search', 'teams: found "search", expected a list of teams, each with a name'],
    ['models: { bert: {} }', 'models: found a mapping, expected a list of models, each with a name'],
    [
      'storage: { resourceDays: 0 }',
      'storage.resourceDays: found "0", expected a whole number of days from 1 to 800',
    ],
    [
      'storage: { resourceDays: 3.5 }',
      'storage.resourceDays: found "3.5", expected a whole number of days from 1 to 800',
    ],
    [
      'budgets: [{ scope: org, amount: "15,000", period: monthly }]',
      'budgets[0].amount: found "15,000", expected a positive amount such as "15000" or "15000.50" (with a point, without separators)',
    ],
    [
      'budgets: [{ scope: org, amount: 0.0000001, period: monthly }]',
      'budgets[0].amount: found "0.0000001", expected a positive amount such as "15000" or "15000.50" (with a point, without separators)',
    ],
    [
      'budgets: [{ scope: org, amount: 1, period: month }]',
      'budgets[0].period: found "month", expected one of daily, weekly, monthly, quarterly, yearly, fixed – did you mean "monthly"?',
    ],
    [
      'fx: [{ date: 2025-02-30, from: EUR, to: USD, rate: 1 }]',
      'fx[0].date: found "2025-02-30", expected a calendar day such as 2025-08-01',
    ],
    [
      'fx: [{ date: 2025-02-20, from: EUR, to: USD, rate: -1 }]',
      'fx[0].rate: found "-1", expected a positive decimal such as "1.0832" (with a point, without separators)',
    ],
    [
      'fx: [{ date: 2025-02-20, from: EUR, to: USD, rate: 0.0 }]',
      'fx[0].rate: found "0.0", expected a positive decimal such as "1.0832" (with a point, without separators)',
    ],
    [
      'models: [{ name: bert/training }]',
      'models[0].name: found "bert/training", expected a short model name that does not end in /training, /inference, /data or /other',
    ],
    [
      'teams: [{ name: a, channel: { slack: "#search" } }]',
      'teams[0].channel.slack: found "#search", expected a Slack channel id such as C0123ABCD (channel details → at the bottom)',
    ],
  ])('%s', (yaml, expected) => {
    expect(mistakesIn(yaml)).toEqual([`pennywatch.yaml:1  ${expected}`]);
  });

  it('a value of 10,000 characters is cut, and its length told', () => {
    expect(mistakesIn(`weekStart: ${'y'.repeat(10_000)}\n`)).toEqual([
      `pennywatch.yaml:1  weekStart: found "${'y'.repeat(60)}…" (10,000 characters), expected one of monday, sunday, saturday`,
    ]);
  });
});

describe('all at once', () => {
  it('every mistake of the file and the environment is in one error, in the order of the file', () => {
    const yaml =
      'timeZone: Nowhere\nteams:\n  - { name: a, owner: nobody@x.example }\n  - { name: A }\nbudget: []\n';
    expect(mistakesIn(yaml, { PORT: 'http' })).toEqual([
      'pennywatch.yaml:1  timeZone: found "Nowhere", expected an IANA time zone such as Europe/Berlin or UTC',
      'pennywatch.yaml:3  teams[0].owner: found "nobody@x.example", expected the e-mail of a member in teams[].members',
      'pennywatch.yaml:4  teams[1].name: found a second team "A" (the first is on line 3), expected each team once',
      'pennywatch.yaml:5  budget: unknown key "budget" – did you mean "budgets"?',
      'environment  PORT: found "http", expected a port number from 0 to 65535',
    ]);
  });

  it('more than fifty are counted', () => {
    const yaml = Array.from({ length: 60 }, (_, index) => `wrong${index}: 1`).join('\n');
    const mistakes = mistakesIn(yaml);
    expect(mistakes).toHaveLength(51);
    expect(mistakes.at(-1)).toBe('and 10 more');
  });
});
