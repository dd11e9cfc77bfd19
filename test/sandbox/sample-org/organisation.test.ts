/** Same seed, same bytes; and the config, the workspace and the files agree with each other. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScope } from '../../../src/core/scope.ts';
import { type SampleOrg, writeSampleOrg } from '../../../src/sandbox/sample-org/index.ts';
import { type Config, readBill, readConfig } from './read-bills.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const folders: string[] = [];
let org: SampleOrg;
let config: Config;

async function write(options: { now?: number; seed?: number; months?: number } = {}): Promise<SampleOrg> {
  const dir = await mkdtemp(join(tmpdir(), 'sample-org-'));
  folders.push(dir);
  return writeSampleOrg({ dir, now: NOW, months: 3, ...options });
}

async function fingerprint({ configPath, sources, truth }: SampleOrg): Promise<string> {
  const hash = createHash('sha256')
    .update(JSON.stringify(truth))
    .update(await readFile(configPath));
  for (const file of sources.flatMap(({ files }) => files)) hash.update(await readFile(file));
  return hash.digest('hex');
}

beforeAll(async () => {
  org = await write();
  config = await readConfig(org.configPath);
});

afterAll(() => Promise.all(folders.map((dir) => rm(dir, { recursive: true, force: true }))));

describe('writing', () => {
  it('gives the same bytes for the same seed and day, whatever the hour', async () => {
    const again = await write({ now: Date.parse('2026-11-21T23:10:00Z') });
    expect(await fingerprint(again)).toBe(await fingerprint(org));
  });

  it('gives other bytes for another seed or another day', async () => {
    const [seed, day] = await Promise.all([write({ seed: 8 }), write({ now: NOW + 86_400_000 })]);
    expect(new Set(await Promise.all([org, seed, day].map(fingerprint))).size).toBe(3);
  });

  it('works on the first of a month after a leap day, and leaves out incidents without enough history', async () => {
    const { truth, sources } = await write({ now: Date.parse('2028-03-01T00:30:00Z'), months: 1 });
    expect(truth).toMatchObject({ start: '2028-02-01', end: '2028-02-29' });
    expect(truth.sources.azure).toMatchObject({ completeUntil: '2028-02-26', partialDay: '2028-02-27' });
    expect(truth.incidents.map(({ id }) => id)).toEqual([]);
    expect(sources.map(({ files }) => files.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('names every cloud file after the year of its billing periods', () => {
    const files = Object.fromEntries(
      org.sources.map(({ name, files: own }) => [
        name,
        own.map((file) => file.split('/').slice(-3).join('/')),
      ]),
    );
    expect(files.aws).toEqual(['focus/aws/2026.csv.gz']);
    expect(files.azure).toEqual(['focus/azure/2026.csv']);
    expect(files.openai).toEqual(['focus/openai/costs.csv']);
  });

  it('writes each source in its own dialect', async () => {
    const first = (name: string) => org.sources.find((source) => source.name === name)?.files[0] ?? '';
    const header = async (name: string) => ((await readBill(first(name))).split('\n')[0] ?? '').split(',');
    expect((await readFile(first('azure'))).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(await readBill(first('azure'))).toContain('"""Team"": ""growth"",""Model"": ""lead-scorer""');
    expect(await header('aws')).toEqual(
      expect.arrayContaining(['InvoiceId', 'SkuPriceDetails', 'SubAccountType', 'x_ServiceCode']),
    );
    expect(await header('gcp')).toEqual(expect.arrayContaining(['Tags', 'x_CostType', 'x_InvoiceMonth']));
    expect(await header('gcp')).not.toContain('ServiceSubcategory');
    expect(await header('openai')).not.toContain('Tags');
    expect(await readBill(first('aws'))).toContain('Claude Sonnet 4.5 (Amazon Bedrock Edition)');
    expect(await readBill(first('anthropic'))).toMatch(
      /,Tokens,.*,1000000 Tokens,.*,AI and Machine Learning,.*,Generative AI,/,
    );
  });
});

describe('the configuration', () => {
  it('has six teams whose owners are their members, and about forty models of theirs', () => {
    expect(config.teams.map(({ name }) => name)).toEqual([
      'search',
      'growth',
      'recommendations',
      'trust-safety',
      'assistant',
      'platform',
    ]);
    for (const { owner, members } of config.teams) expect(members.map(({ email }) => email)).toContain(owner);
    expect(config.models.length).toBeGreaterThanOrEqual(38);
    expect(new Set(config.models.map(({ name }) => name)).size).toBe(config.models.length);
    for (const { team, owner } of config.models) {
      expect(config.teams.find(({ name }) => name === team)?.members.map(({ email }) => email)).toContain(
        owner,
      );
    }
    expect(config.models.find(({ name }) => name === 'bert')).toMatchObject({
      team: 'search',
      aliases: ['bert-base'],
    });
  });

  it('names nothing in budgets, rules or bills that it does not know', () => {
    const teams = config.teams.map(({ name }) => name);
    const models = config.models.map(({ name }) => name);
    for (const budget of config.budgets) {
      const scope = parseScope(budget.scope);
      if (scope.kind === 'team') expect(teams).toContain(scope.name);
      if (scope.kind === 'model') expect(models).toContain(scope.name);
    }
    for (const { set } of config.allocation.rules) {
      if (set.team) expect(teams).toContain(set.team);
      if (set.model) expect(models).toContain(set.model);
    }
    const billed = Object.keys(org.truth.models).filter((model) => model !== '<!channel>');
    expect(billed.filter((model) => !models.includes(model))).toEqual([]);
  });

  it('has a rate for every month of the history', () => {
    expect(config.fx.map(({ date }) => date)).toEqual([
      '2026-08-01',
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
    ]);
    for (const { from, to, rate } of config.fx) {
      expect([from, to]).toEqual(['EUR', 'USD']);
      expect(Number(rate)).toBeGreaterThan(1);
      expect(Number(rate)).toBeLessThan(1.25);
    }
  });
});

describe('the workspace', () => {
  it('has the people and channels that the config names', () => {
    const { people, channels } = org.workspace;
    for (const { members, channel, name } of config.teams) {
      for (const member of members) {
        expect(people.find(({ id }) => id === member.slack)).toMatchObject({
          name: member.name,
          email: member.email,
        });
      }
      const own = channels.find(({ id }) => id === channel.slack);
      expect(own?.name).toBe(name);
      for (const { slack } of members) expect(own?.memberIds).toContain(slack);
    }
    expect(channels.map(({ name }) => name)).toEqual(expect.arrayContaining(['general', 'finops']));
  });

  it('uses each id once, in the shape of Slack, and refers to people and the app only', () => {
    const { people, channels, usergroups, botUserId, teamId } = org.workspace;
    const ids = [
      teamId,
      botUserId,
      ...people.map(({ id }) => id),
      ...channels.map(({ id }) => id),
      ...usergroups.map(({ id }) => id),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[TUCS][A-Z0-9]{8,11}$/);
    const known = new Set(people.map(({ id }) => id));
    const mentioned = [
      ...channels.flatMap(({ memberIds }) => memberIds.filter((id) => id !== botUserId)),
      ...usergroups.flatMap(({ members }) => members),
    ];
    expect(mentioned.filter((id) => !known.has(id))).toEqual([]);
    // Slack tells an app of mentions only where it is a member.
    expect(channels.filter(({ memberIds }) => !memberIds.includes(botUserId))).toEqual([]);
    expect(people.every(({ email }) => email.endsWith('@wrenfield.example'))).toBe(true);
  });
});
