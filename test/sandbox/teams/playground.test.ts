/** The sample organisation in Microsoft's own local client: the client takes it, and its ids are the configuration's. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { configText } from '../../../src/sandbox/sample-org/config-file.ts';
import { TEAMS_PEOPLE, TEAMS_PLACES } from '../../../src/sandbox/sample-org/teams.ts';
import { startPlayground } from '../../../src/sandbox/teams/playground.ts';

const dir = mkdtempSync(join(tmpdir(), 'pennywatch-playground-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('starts with the people and channels of the organisation, and ends when it is told', async () => {
  const nowhere = 'http://127.0.0.1:9/api/messages';
  const client = await startPlayground({ dir, endpoint: nowhere, serviceUrl: 'http://127.0.0.1:9' });
  try {
    const answer = await fetch(`${client.url}/_connector/v3/conversations/${TEAMS_PLACES.search.id}/members`);
    const members = (await answer.json()) as { id: string; objectId: string; email: string }[];
    const expected = TEAMS_PEOPLE.map(({ userId, entraId, email }) => [userId, entraId, email]);
    expect(members.map(({ id, objectId, email }) => [id, objectId, email]).sort()).toEqual(expected.sort());
  } finally {
    await client.close();
  }
  await expect(fetch(`${client.url}/_debug/ping`)).rejects.toThrow();
});

it('is in the configuration with the same ids, and only where Teams is there', () => {
  const read = (teams: boolean) => {
    const file = join(dir, `${teams}.yaml`);
    writeFileSync(file, configText({ start: '2026-10-01', today: '2026-11-21', seed: 7 }, teams));
    return loadConfig({ file, env: {} }).settings;
  };
  const [with_, without] = [read(true), read(false)];
  const ids = with_.teams.flatMap(({ members }) =>
    members.map(({ email, teams }) => [email, teams] as const),
  );
  const inTeam = TEAMS_PEOPLE.filter(({ key }) => key !== 'hana');
  expect(ids).toEqual(expect.arrayContaining(inTeam.map(({ email, entraId }) => [email, entraId])));
  expect(with_.teams.flatMap(({ name, channel }) => (channel.teams ? [[name, channel.teams]] : []))).toEqual([
    ['search', TEAMS_PLACES.search.id],
    ['assistant', TEAMS_PLACES.assistant.id],
  ]);
  expect(without.teams.flatMap(({ channel }) => channel.teams ?? [])).toEqual([]);
  expect(without.teams.flatMap(({ members }) => members.flatMap(({ teams }) => teams ?? []))).toEqual([]);
});
