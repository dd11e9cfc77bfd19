/** The app package an admin uploads: within the manifest's limits, with commands and permissions that are really used. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_PREFIX } from '../../../src/chat/teams/extension.ts';
import { wordsRequest } from '../../../src/chat/teams/requests.ts';
import { MESSAGE_SHORTCUTS } from '../../../src/chat/types.ts';
import { findCommand } from '../../../src/commands/run.ts';
import { createDispatch } from '../../../src/dispatch.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { packageApp } from '../../../templates/install/teams/app-package.ts';
import { makePackage } from '../../../templates/install/teams/package-command.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../../temp-store.ts';

const FOLDER = resolve(import.meta.dirname, '../../../templates/install/teams');
const APP_ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const VALUES = {
  appId: APP_ID.toUpperCase(),
  name: 'Pennywatch',
  domain: 'https://penny.contoso.com/',
  website: 'https://wiki.contoso.com/penny',
  reading: true,
};

const files = unzipSync(packageApp(VALUES));
const manifest = manifestOf(packageApp(VALUES));
const lists: { scopes: string[]; commands: { title: string; description: string }[] }[] =
  manifest.bots[0].commandLists;

function manifestOf(zip: Uint8Array) {
  return JSON.parse(strFromU8(unzipSync(zip)['manifest.json'] ?? new Uint8Array()));
}

describe('the package', () => {
  it('holds the manifest and both icons, nothing else, and the same bytes every time', () => {
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(packageApp(VALUES)).toEqual(packageApp(VALUES));
  });

  it('has the values where they belong, and no placeholder', () => {
    const ids = [
      manifest.id,
      manifest.bots[0].botId,
      manifest.composeExtensions[0].botId,
      manifest.webApplicationInfo.id,
    ];
    expect(new Set(ids)).toEqual(new Set([APP_ID]));
    expect(manifest.validDomains).toEqual(['penny.contoso.com']);
    expect(manifest.name.short).toBe('Pennywatch');
    expect(manifest.developer.privacyUrl).toBe('https://wiki.contoso.com/penny');
    expect(strFromU8(files['manifest.json'] ?? new Uint8Array())).not.toMatch(/\{\{|\}\}|example\./);
  });

  it('may leave out the permissions to read messages, and then says nothing of them', () => {
    const least = manifestOf(packageApp({ ...VALUES, reading: false }));
    expect(manifest.description.full).toContain('let it read messages');
    expect(least.description.full).not.toContain('let it read messages');
    expect(least).not.toHaveProperty('authorization');
    expect(least).not.toHaveProperty('webApplicationInfo');
  });

  it.each([
    [{ appId: '{{APP_ID}}' }, 'Application (client) ID'],
    [{ appId: '00000000-0000-0000-0000-000000000000' }, 'stands for an id'],
    [{ appId: `${APP_ID} ; rm -rf` }, 'Application (client) ID'],
    [{ name: '' }, '1 to 30 characters'],
    [{ name: 'x'.repeat(31) }, '1 to 30 characters'],
    [{ name: '<at>Everybody</at>' }, '1 to 30 characters'],
    [{ domain: 'pennywatch.example.com' }, 'stands for a host'],
    [{ domain: 'localhost' }, 'public host'],
    [{ domain: '10.0.0.7' }, 'public host'],
    [{ domain: 'http://penny.contoso.com' }, 'public host'],
    [{ domain: '*.contoso.com' }, 'public host'],
    [{ website: 'javascript:alert(1)' }, 'https address'],
    [{ website: 'https://wiki.example.org/' }, 'stands for a host'],
  ])('refuses %j', (wrong, said) => {
    expect(() => packageApp({ ...VALUES, ...wrong })).toThrow(said);
  });
});

describe('npm run teams:package', () => {
  const args = ['--app-id', APP_ID, '--domain', 'penny.contoso.com'];
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'pennywatch-package-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('writes what the options say', () => {
    const out = join(dir, 'app.zip');
    const made = makePackage([...args, '--name', 'Cost bot', '--without-reading', '--out', out], {});
    expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining(out), stderr: '' });
    const zip = new Uint8Array(readFileSync(out));
    expect(zip).toEqual(
      packageApp({
        appId: APP_ID,
        name: 'Cost bot',
        domain: 'penny.contoso.com',
        website: 'https://penny.contoso.com/',
        reading: false,
      }),
    );
  });

  it('takes what the server has in its environment', () => {
    const env = { MicrosoftAppId: APP_ID, PENNYWATCH_PUBLIC_URL: 'https://penny.contoso.com' };
    expect(makePackage(['--out', join(dir, 'env.zip')], env).status).toBe(0);
    expect(manifestOf(new Uint8Array(readFileSync(join(dir, 'env.zip')))).validDomains).toEqual([
      'penny.contoso.com',
    ]);
  });

  it.each([
    [[], 'Something is missing.'],
    [['--app-id', APP_ID], '--domain HOST'],
    [['--domain', 'penny.contoso.com'], '--app-id ID'],
    [[...args, '--nmae', 'x'], "Unknown option '--nmae'"],
    [['--app-id', 'x', '--domain', 'penny.contoso.com'], 'Application (client) ID'],
  ])('%j is refused in words, and nothing is written', (wrong, said) => {
    const before = readdirSync(dir);
    const made = makePackage([...wrong, '--out', join(dir, 'wrong.zip')], {});
    expect([made.status, made.stderr]).toEqual([2, expect.stringContaining(said)]);
    expect(readdirSync(dir)).toEqual(before);
  });
});

describe('manifest.json', () => {
  it('stays within the lengths of its schema', () => {
    expect(manifest.$schema).toContain(`/v${manifest.manifestVersion}/`);
    expect(manifest.version).toMatch(/^[1-9]\d*\.\d+\.\d+$/);
    expect(manifest.name.full.length).toBeLessThanOrEqual(100);
    expect(manifest.developer.name.length).toBeLessThanOrEqual(32);
    expect(manifest.description.short.length).toBeLessThanOrEqual(80);
    expect(manifest.description.full.length).toBeLessThanOrEqual(4_000);
    expect(manifest.accentColor).toMatch(/^#[0-9A-F]{6}$/);
    for (const command of [...lists.flatMap(({ commands }) => commands), ...extensions()]) {
      expect(command.title.length).toBeLessThanOrEqual(32);
      expect(command.description.length).toBeLessThanOrEqual(128);
    }
  });

  it('offers at most ten commands in each scope, once each', () => {
    expect(lists.flatMap(({ scopes }) => scopes).sort()).toEqual([...manifest.bots[0].scopes].sort());
    for (const { commands } of lists) {
      expect(commands.length).toBeLessThanOrEqual(10);
      expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length);
    }
  });

  it('has our shortcuts in the menu of a message', () => {
    expect(extensions().map(({ id, type, context, fetchTask }) => [id, type, context, fetchTask])).toEqual(
      MESSAGE_SHORTCUTS.map((name) => [`${COMMAND_PREFIX}${name}`, 'action', ['message'], true]),
    );
  });

  it('asks to read messages only where the code does', () => {
    const permissions = manifest.authorization.permissions.resourceSpecific;
    expect(permissions).toEqual([
      { name: 'ChannelMessage.Read.Group', type: 'Application' },
      { name: 'ChatMessage.Read.Chat', type: 'Application' },
    ]);
  });
});

function extensions(): {
  id: string;
  type: string;
  context: string[];
  title: string;
  description: string;
  fetchTask: boolean;
}[] {
  return manifest.composeExtensions[0].commands;
}

describe('the icons', () => {
  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('%s is %i pixels on each side', (name, size) => {
    const png = Buffer.from(files[name] ?? []);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    expect(png.equals(readFileSync(join(FOLDER, name)))).toBe(true);
  });

  it('the outline is white on nothing, the other one fills its square', async () => {
    const outline = await pixels('outline.png', 32);
    expect(outline.some(([, , , alpha]) => alpha === 0)).toBe(true);
    const seen = outline.filter(([, , , alpha = 0]) => alpha > 100);
    expect(seen.length).toBeGreaterThan(100);
    expect(seen.every((pixel) => pixel.slice(0, 3).every((part) => part > 240))).toBe(true);
    expect((await pixels('color.png', 192)).every(([, , , alpha]) => alpha === 255)).toBe(true);
  });

  async function pixels(name: string, size: number): Promise<number[][]> {
    const context = createCanvas(size, size).getContext('2d');
    context.drawImage(await loadImage(join(FOLDER, name)), 0, 0);
    const { data } = context.getImageData(0, 0, size, size);
    return Array.from({ length: size * size }, (_, index) => [...data.subarray(index * 4, index * 4 + 4)]);
  }
});

describe('the command menu', () => {
  const titles = [...new Set(lists.flatMap(({ commands }) => commands.map(({ title }) => title)))];
  const actor = { kind: 'person', platform: 'teams', id: APP_ID, name: 'Mira', workspace: 't1' } as const;
  const conversation = { platform: 'teams', workspace: 't1', channel: '19:search@thread.tacv2' };
  let temp: TempStore;
  beforeAll(async () => {
    temp = await openTempStore();
  });
  afterAll(() => temp.close());

  it('is answered word for word: nothing is unknown, nothing is asked back', async () => {
    const context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z' });
    const days = Array.from({ length: 20 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);
    await addFacts(
      context,
      days.map((day) => ({ day, cost: '12', tags: { model: 'bert', team: 'search' } })),
    );
    let count = 0;
    const dispatch = createDispatch(context, () => `id-${++count}`);
    for (const text of titles.filter((title) => title !== 'home')) {
      expect(findCommand(text).command?.name, text).toBe(text.split(' ')[0]);
      const [reply] = await dispatch({ kind: 'sentence', text, actor, conversation });
      if (reply?.kind !== 'public') throw new Error(`${text}: ${JSON.stringify(reply)}`);
      expect(reply.command, text + renderText(reply.view)).toBe(text);
      expect(renderText(reply.view).length, text).toBeGreaterThan(20);
    }
  });

  it('has a way home in a chat of one’s own', () => {
    const where = lists.filter(({ commands }) => commands.some(({ title }) => title === 'home'));
    expect(where.map(({ scopes }) => scopes)).toEqual([['personal']]);
    const { interaction } = wordsRequest(
      {
        type: 'message',
        serviceUrl: 'https://smba.trafficmanager.net/emea',
        from: { id: '29:mira', aadObjectId: APP_ID },
        recipient: { id: `28:${APP_ID}` },
        conversation: { id: 'a:chat', conversationType: 'personal' },
      },
      actor,
      'home',
    );
    expect(interaction.kind).toBe('home');
  });
});
