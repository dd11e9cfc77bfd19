import { expect, test } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import type { DailyCostInput } from '../../../src/view/charts/daily-cost.ts';
import { buildDailyCost } from '../../../src/view/charts/daily-cost.ts';
import { rasterise } from '../../../src/view/charts/rasterise.ts';
import { type Pixels, readPixels } from './pixels.ts';

const days = (count: number): string[] => eachDay('2026-10-22', addDays('2026-10-22', count - 1));
const flat = (count: number, amount: number): bigint[] =>
  Array.from({ length: count }, () => BigInt(amount * 1e6));

/** One blue series of ten equal days, so that pixels are easy to foretell. */
function input(change: Partial<DailyCostInput> = {}): DailyCostInput {
  const series = [{ label: 'training', micros: flat(5, 100) }];
  return { title: 'bert is flat', currency: 'USD', days: days(5), series, ...change };
}

async function draw(change: Partial<DailyCostInput> = {}, options = {}): Promise<Uint8Array> {
  return rasterise(buildDailyCost(input(change)), options);
}

function coloursIn(
  pixels: Pixels,
  box: { x: number; y: number; width: number; height: number },
): Set<string> {
  const colours = new Set<string>();
  for (let y = box.y; y < box.y + box.height; y += 1)
    for (let x = box.x; x < box.x + box.width; x += 1) colours.add(pixels.at(x, y).join());
  return colours;
}

/** Columns of the lowest part of the plot that are blue: the bars. */
function barsAt(pixels: Pixels, y: number): { from: number; to: number }[] {
  const bars: { from: number; to: number }[] = [];
  let open = false;
  for (let x = 0; x < pixels.width; x += 1) {
    const [red = 0, , blue = 0] = pixels.at(x, y);
    const isBar = blue - red > 60;
    const last = bars.at(-1);
    if (isBar && !open) bars.push({ from: x, to: x });
    else if (isBar && last) last.to = x;
    open = isBar;
  }
  return bars;
}

const PNG_SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

test('a chart is a PNG of 900 × 420 at double density', async () => {
  const png = await draw();
  expect([...png.subarray(0, 8)]).toEqual(PNG_SIGNATURE);
  expect(await readPixels(png)).toMatchObject({ width: 1800, height: 840 });
});

test('size and density can be chosen', async () => {
  expect(await readPixels(await draw({}, { width: 360, height: 168, density: 1 }))).toMatchObject({
    width: 360,
    height: 168,
  });
});

test('the same spec gives the same picture, another spec another', async () => {
  const [one, same, other] = [
    await draw(),
    await draw(),
    await draw({ series: [{ label: 'training', micros: [...flat(4, 100), 50_000_000n] }] }),
  ];
  expect(Buffer.compare(one, same)).toBe(0);
  expect(Buffer.compare(one, other)).not.toBe(0);
});

test('the panel is opaque and light inside, and leaves its rounded corners to the page', async () => {
  const pixels = await readPixels(await draw());
  expect(pixels.at(0, 0)[3]).toBe(0);
  for (const [x, y] of [
    [900, 12],
    [12, 420],
    [1788, 420],
    [900, 828],
  ] as const) {
    const [red = 0, green = 0, blue = 0, alpha] = pixels.at(x, y);
    expect(alpha).toBe(255);
    expect(Math.min(red, green, blue)).toBeGreaterThan(245);
  }
});

test('provisional days are striped, complete ones are plain', async () => {
  const pixels = await readPixels(await draw({ provisionalFrom: days(5)[4] }));
  const bars = barsAt(await readPixels(await draw()), 700);
  expect(bars).toHaveLength(5);
  const inside = (index: number) => {
    const { from, to } = bars[index] ?? { from: 0, to: 0 };
    return coloursIn(pixels, { x: from + 8, y: 640, width: to - from - 16, height: 60 });
  };
  expect(inside(3).size).toBe(1);
  expect(inside(4).size).toBeGreaterThan(1);
});

test('a day without data is neither a bar nor blank', async () => {
  const known = await readPixels(await draw());
  const series = [{ label: 'training', micros: [...flat(2, 100), null, ...flat(2, 100)] }];
  const gap = await readPixels(await draw({ series }));
  const { from, to } = barsAt(known, 700)[2] ?? { from: 0, to: 0 };
  const middle = Math.round((from + to) / 2);
  const [red, green, blue] = gap.at(middle, 700);
  expect(barsAt(gap, 700)).toHaveLength(4);
  expect([red, green, blue]).not.toEqual(gap.at(900, 12).slice(0, 3));
});

test('a credit is drawn below zero', async () => {
  const plain = barsAt(await readPixels(await draw()), 720);
  const micros = [...flat(4, 100), -100_000_000n];
  const credit = barsAt(await readPixels(await draw({ series: [{ label: 'training', micros }] })), 720);
  expect(plain).toHaveLength(5);
  expect(credit).toHaveLength(1);
});

test('the budget pace is a dark dashed line across the plot', async () => {
  const pixels = await readPixels(
    await draw({ budget: { label: 'budget pace', microsPerDay: 150_000_000n } }),
  );
  const dark = (x: number, y: number) =>
    [0, 1, 2].every((part) => (pixels.data[(y * pixels.width + x) * 4 + part] ?? 0) < 90);
  const dashes = Array.from({ length: 840 }, (_, y) => {
    let runs = 0;
    for (let x = 1; x < 1800; x += 1) if (dark(x, y) && !dark(x - 1, y)) runs += 1;
    return runs;
  });
  expect(Math.max(...dashes)).toBeGreaterThan(40);
});

test.each([
  ['no known day', { series: [{ label: 'a', micros: Array.from({ length: 5 }, () => null) }] }],
  ['no series', { series: [] }],
  ['no days', { days: [], series: [] }],
  ['only zeros', { series: [{ label: 'a', micros: flat(5, 0) }] }],
  ['only credits', { series: [{ label: 'a', micros: flat(5, -3) }] }],
  ['a virtual currency', { currency: 'TOKENS' }],
  ['no currency', { currency: '' }],
  ['an endless title', { title: 'word '.repeat(400) }],
  ['a title without spaces', { title: 'x'.repeat(2_000) }],
  [
    'names of any script',
    {
      series: [
        { label: '🔥', micros: flat(5, 1) },
        { label: `${'مرحبا '.repeat(40)}\u202e`, micros: flat(5, 2) },
      ],
    },
  ],
] satisfies [string, Partial<DailyCostInput>][])('%s still gives a picture', async (_, change) => {
  const pixels = await readPixels(await draw(change));
  expect(pixels).toMatchObject({ width: 1800, height: 840 });
});

test('long ranges give a bar per week', async () => {
  const micros = flat(365, 100);
  const pixels = await readPixels(await draw({ days: days(365), series: [{ label: 'training', micros }] }));
  expect(barsAt(pixels, 700)).toHaveLength(53);
});

test('many charts in a row leave their pixels behind them', async () => {
  const spec = buildDailyCost(input());
  for (let count = 0; count < 20; count += 1) await rasterise(spec);
  const before = process.memoryUsage().rss;
  for (let count = 0; count < 60; count += 1) await rasterise(spec);
  // Sixty canvases that stay would be 60 × 6 MB.
  expect(process.memoryUsage().rss - before).toBeLessThan(180_000_000);
}, 60_000);
