import { describe, expect, it } from 'vitest';
import { describeEnvironment, inspectConfig, loadConfig } from '../../src/config.ts';
import { folderWith, mistakesIn } from './config-folder.ts';

const BOT = 'xoxb-0000-tail';
const APP = 'xapp-0000-tail';

function environmentOf(env: NodeJS.ProcessEnv) {
  return loadConfig({ cwd: folderWith({}), env }).environment;
}

describe('environment', () => {
  it('has defaults, also for variables set to nothing', () => {
    const defaults = { port: 4600, databaseUrl: 'file:./pennywatch.db' };
    expect(environmentOf({})).toEqual(defaults);
    expect(environmentOf({ PORT: '', SLACK_BOT_TOKEN: ' ', LOG_LEVEL: '' })).toEqual(defaults);
  });

  it('takes what is set', () => {
    const env = {
      PORT: '0',
      DATABASE_URL: 'file:/var/lib/penny.db',
      SLACK_BOT_TOKEN: ` ${BOT}\n`,
      SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
      SLACK_APP_TOKEN: APP,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      PENNYWATCH_API_TOKEN: 'a-token-of-enough-characters',
      LOG_LEVEL: 'debug',
    };
    expect(environmentOf(env)).toEqual({
      port: 0,
      databaseUrl: 'file:/var/lib/penny.db',
      slack: {
        botToken: BOT,
        signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
        appToken: APP,
        apiUrl: 'http://127.0.0.1:4000/api/',
      },
      logLevel: 'debug',
      apiToken: 'a-token-of-enough-characters',
    });
  });

  it.each([
    [{ PORT: '70000' }, 'PORT: found "70000", expected a port number from 0 to 65535'],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL: found "loud", expected one of trace, debug, info, warn, error, fatal, silent',
    ],
    [
      { SLACK_API_URL: 'slack.com' },
      'SLACK_API_URL: found "slack.com", expected an http or https address such as https://slack.com/api/',
    ],
    [
      { SLACK_BOT_TOKEN: 'hunter2hunter2' },
      'SLACK_BOT_TOKEN: found something else (not shown), expected the Bot User OAuth Token, which starts with xoxb-',
    ],
    [
      { SLACK_APP_TOKEN: 'hunter2hunter2' },
      'SLACK_APP_TOKEN: found something else (not shown), expected an app-level token, which starts with xapp-',
    ],
    [
      { SLACK_SIGNING_SECRET: BOT },
      'SLACK_SIGNING_SECRET: found something else (not shown), expected the Signing Secret of the app (Basic Information), not a token',
    ],
    [
      { PENNYWATCH_API_TOKEN: 'hunter2hunter2' },
      'PENNYWATCH_API_TOKEN: found something else (not shown), expected at least 24 characters without spaces, for example of `openssl rand -hex 32`',
    ],
  ])('%j', (env, expected) => {
    expect(mistakesIn('', env)).toEqual([`environment  ${expected}`]);
  });

  it('what is wrong gives way to the default, so that doctor can go on', () => {
    const inspected = inspectConfig({
      cwd: folderWith({ 'pennywatch.yaml': 'currency: X' }),
      env: { PORT: 'x', DATABASE_URL: 'file:other.db' },
    });
    expect(inspected.error?.code).toBe('CONFIG');
    expect(inspected.settings).toBeUndefined();
    expect(inspected.environment).toEqual({ port: 4600, databaseUrl: 'file:other.db' });
  });

  it('is described without its secrets', () => {
    const described = describeEnvironment(
      environmentOf({
        SLACK_BOT_TOKEN: BOT,
        PENNYWATCH_API_TOKEN: `${'0'.repeat(24)}-tail`,
        DATABASE_URL: 'postgresql://penny:hunter2@db/penny',
      }),
    );
    expect(described).toMatchObject({
      PORT: '4600',
      SLACK_BOT_TOKEN: 'set',
      SLACK_APP_TOKEN: 'not set',
      PENNYWATCH_API_TOKEN: 'set',
      DATABASE_URL: 'postgresql://penny:…@db/penny',
    });
    expect(JSON.stringify(described)).not.toMatch(/tail|hunter2/);
  });
});
