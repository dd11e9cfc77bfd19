import { describe, expect, it } from 'vitest';
import { redact } from '../../src/config.ts';
import { mistakesIn } from './config-folder.ts';

// Put together here, so that no scanner takes this file for a leak.
const BOT = ['xoxb', '123456789012', 'AbCdEfGh'].join('-');
const APP = ['xapp', '1', 'A0123', 'abcdef'].join('-');
const KEY = ['sk', 'ant', 'api03', 'abcdefgh12345678'].join('-');
const PLAIN_KEY = ['sk', 'abcdefghij0123456789'].join('-');

const ADVICE =
  'expected no secrets in this file. Put it in the environment (for example SLACK_BOT_TOKEN), delete it here, and revoke it if the file was shared';

describe('secrets in pennywatch.yaml', () => {
  it.each([
    [BOT, 'a Slack token (xoxb-…)'],
    [APP, 'a Slack app-level token (xapp-…)'],
    [KEY, 'an API key (sk-…)'],
    [PLAIN_KEY, 'an API key (sk-…)'],
  ])('in a value: told with its path, not echoed', (secret, kind) => {
    const mistakes = mistakesIn(`currency: USD\norganisation: ${secret}\n`);
    expect(mistakes).toEqual([`pennywatch.yaml:2  organisation: found ${kind}, ${ADVICE}`]);
    expect(mistakes.join()).not.toContain(secret.slice(-8));
  });

  it('in a comment', () => {
    expect(mistakesIn(`# token: ${BOT}\ncurrency: USD\n`)).toEqual([
      `pennywatch.yaml:1  found a Slack token (xoxb-…), ${ADVICE}`,
    ]);
  });

  it.each([
    `organisation: "${BOT}\n`,
    `a:\n\t- ${BOT}\n`,
    `weekStart: ${BOT}\n`,
    `${BOT}: 1\n`,
    `[${BOT}]: 1\n`,
  ])('where the rest is broken too: %#', (yaml) => {
    const mistakes = mistakesIn(yaml).join('\n');
    expect(mistakes).toContain('found a Slack token');
    expect(mistakes).not.toContain('AbCdEfGh');
  });

  it('names that only begin like one are names', () => {
    expect(
      mistakesIn('models: [{ name: sk-learn-ranker, aliases: [risk-abcdefghijklmnopqrstuvwxyz] }]\n'),
    ).toEqual([]);
  });

  it('redact leaves the rest of a text', () => {
    expect(redact(`token ${BOT} refused`)).toBe('token xoxb-… refused');
  });
});
