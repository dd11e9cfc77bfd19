/** Charts by address, over HTTP: what an address opens, for how long, and what nobody gets. */
import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../src/http.ts';
import { CHART_DAYS, chartsRoute, createChartAddresses } from '../src/http-charts.ts';
import { findPicture, forgetPictures, savePicture } from '../src/store/chat-pictures.ts';
import { rasterise } from '../src/view/charts/rasterise.ts';
import type { ChartSpec } from '../src/view/charts/types.ts';
import { openTempStore, rememberingLog, type TempStore } from './temp-store.ts';

const SECRET = 'a-client-secret-of-the-bot';
const DAY = 86_400_000;
const START = Date.parse('2026-11-21T09:00:00Z');
const chart = (title: string): ChartSpec => ({
  id: 'daily-cost',
  title,
  currency: 'USD',
  days: ['2026-11-19', '2026-11-20'],
  series: [{ name: 'bert', values: [1, null], role: 'stack' }],
  alt: title,
});

let temp: TempStore;
let server: Server;
let url: string;
let now: number;
let draws: string[];
let draw: (spec: ChartSpec) => Promise<Uint8Array>;
let address: (spec: ChartSpec) => Promise<string>;
const log = rememberingLog();

beforeEach(async () => {
  temp = await openTempStore();
  now = START;
  draws = [];
  draw = async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
  const app = express().use(
    chartsRoute({
      secret: SECRET,
      now: () => now,
      find: (id) => findPicture(temp.store, id),
      draw: (spec) => {
        draws.push(spec.title);
        return draw(spec);
      },
      log,
    }),
  );
  ({ server, url } = await listen(app, 0, '127.0.0.1'));
  address = addresses(SECRET);
});
afterEach(async () => {
  server.close();
  await temp.close();
});

function addresses(secret: string) {
  const save = (kept: Parameters<typeof savePicture>[1]) => savePicture(temp.store, kept);
  return createChartAddresses({ publicUrl: url, secret, now: () => now, save });
}

async function open(
  to: string,
  init?: RequestInit,
): Promise<{ status: number; words: string; headers: Headers }> {
  const answer = await fetch(to, init);
  return { status: answer.status, words: await answer.text(), headers: answer.headers };
}

describe('an address', () => {
  it('opens the picture of the chart it was made for', async () => {
    draw = rasterise;
    const answer = await fetch(await address(chart('bert: $1')));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    const png = Buffer.from(await answer.arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(800);
  });

  it('says nothing of the chart, and is the same all day', async () => {
    const first = await address(chart('Secret project: $1'));
    expect(first).toMatch(/\/charts\/[\w-]{22}\.[0-9a-z]+\.[\w-]{43}\.png$/);
    now += 3 * 3_600_000;
    expect(await address(chart('Secret project: $1'))).toBe(first);
    expect(await address(chart('Secret project: $2'))).not.toBe(first);
    now += DAY;
    expect(await address(chart('Secret project: $1'))).not.toBe(first);
  });

  it('is drawn once for all its readers', async () => {
    const to = await address(chart('one'));
    const answers = await Promise.all([open(to), open(to), open(to)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(draws).toEqual(['one']);
  });

  it('works for so many days, and then says so', async () => {
    const to = await address(chart('one'));
    now = START + CHART_DAYS * DAY;
    expect((await open(to)).status).toBe(200);
    now += DAY;
    const late = await open(to);
    expect([late.status, late.words]).toEqual([410, expect.stringContaining('no longer kept')]);
    expect(late.headers.get('content-type')).toContain('text/plain');
  });

  it('says the same when the picture was tidied away', async () => {
    const to = await address(chart('one'));
    expect(await forgetPictures(temp.store, new Date(START + CHART_DAYS * DAY))).toBe(0);
    expect(await forgetPictures(temp.store, new Date(START + (CHART_DAYS + 2) * DAY))).toBe(1);
    expect((await open(to)).status).toBe(410);
  });

  it('keeps a picture that is still shown somewhere', async () => {
    await address(chart('one'));
    now += 10 * DAY;
    const to = await address(chart('one'));
    expect(await temp.store.chatPicture.count()).toBe(1);
    expect(await forgetPictures(temp.store, new Date(START + (CHART_DAYS + 2) * DAY))).toBe(0);
    expect((await open(to)).status).toBe(200);
  });
});

describe('nobody gets', () => {
  it('a picture by an address of somebody else’s making', async () => {
    const to = await address(chart('one'));
    const [, id = '', expiry = '', signature = ''] = /charts\/(.+)\.(.+)\.(.+)\.png$/.exec(to) ?? [];
    const later = (Number.parseInt(expiry, 36) + 86_400).toString(36);
    const plain = createHmac('sha256', SECRET).update(`${id}.${expiry}`).digest('base64url');
    const forged = [
      `${id}.${later}.${signature}`,
      `${'A'.repeat(22)}.${expiry}.${signature}`,
      `${id}.${expiry}.${'A'.repeat(43)}`,
      `${id}.${expiry}.${plain}`,
      `${id}.${expiry}.`,
      `${id}`,
      '..%2f..%2fetc%2fpasswd',
      '%zz',
    ];
    for (const token of forged) {
      const { status, words } = await open(`${url}/charts/${token}.png`);
      expect([token, status, words]).toEqual([token, 404, 'There is no such picture.\n']);
    }
    const other = (await addresses('another-secret-of-the-bot')(chart('one'))).replace(
      /^.*\/charts/,
      `${url}/charts`,
    );
    expect((await open(other)).status).toBe(404);
    expect(draws).toEqual([]);
  });

  it('a list, or another verb', async () => {
    expect((await open(`${url}/charts`)).status).toBe(404);
    expect((await open(`${url}/charts/`)).status).toBe(404);
    expect((await open(await address(chart('one')), { method: 'POST' })).status).toBe(404);
    expect((await open(await address(chart('one')), { method: 'HEAD' })).status).toBe(200);
  });

  it('a page, a referrer, a guess at the type, or a copy in a cache that many share', async () => {
    const { headers } = await open(await address(chart('one')));
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toMatch(/^private, max-age=86400/);
    const refused = await open(`${url}/charts/x.png`);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(refused.headers.get('cache-control')).toBe('no-store');
  });
});

it('a chart that cannot be drawn now is drawn when it is asked for again', async () => {
  const to = await address(chart('one'));
  draw = async () => {
    throw new Error('out of memory');
  };
  const failed = await open(to);
  expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '30']);
  expect(failed.words).not.toContain('memory');
  expect(JSON.stringify(log.lines)).toContain('could not be drawn');
  draw = async () => new Uint8Array([1]);
  expect((await open(to)).status).toBe(200);
});

it('more pictures than are kept in memory are drawn again', async () => {
  const all = [];
  for (let count = 0; count < 40; count += 1) all.push(await address(chart(`number ${count}`)));
  for (const to of [...all, all[39] ?? '', all[0] ?? '']) expect((await open(to)).status).toBe(200);
  expect(draws.length).toBe(41);
  expect(draws.at(-1)).toBe('number 0');
});
