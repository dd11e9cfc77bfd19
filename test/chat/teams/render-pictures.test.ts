/** Charts: drawn small enough, in the message or under an address, or in words; and as Teams' own where that is wanted. */
import { expect, it } from 'vitest';
import { drawingPictures, withoutPictures } from '../../../src/chat/chart-pictures.ts';
import { createPictures } from '../../../src/chat/teams/pictures.ts';
import { renderMessage } from '../../../src/chat/teams/render.ts';
import { rasterise } from '../../../src/view/charts/rasterise.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';
import type { View } from '../../../src/view/elements.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { rememberingLog } from '../../temp-store.ts';
import { messageProblems, nodesOf } from './adaptive-card.ts';
import { visible } from './card-reader.ts';

const viewOf = (...charts: ChartSpec[]): View => ({
  elements: charts.map((one) => ({ kind: 'chart', chart: one })),
});
const images = (message: unknown) => nodesOf(message).filter(({ type }) => type === 'Image');

it('travels inside the message, within Teams’ size of pictures, and says in words what it shows', async () => {
  const pictures = await createPictures({ drawChart: rasterise, log: rememberingLog() })(viewOf(chart));
  const message = renderMessage(viewOf(chart), { pictures });
  expect(messageProblems(message)).toEqual([]);
  const [image] = images(message);
  const png = Buffer.from(String(image?.url).split(',')[1] ?? '', 'base64');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)].every((pixels) => pixels <= 1024)).toBe(true);
  expect(png.length).toBeLessThan(1024 * 1024);
  expect(image?.altText).toBe(chart.alt);
});

it('is loaded from an address where there is one, and nothing is drawn for it', async () => {
  const parts = {
    drawChart: () => Promise.reject(new Error('not asked for')),
    chartUrl: async () => 'https://pennywatch.example/charts/x.png?s=1',
    log: rememberingLog(),
  };
  const message = renderMessage(viewOf(chart), { pictures: await createPictures(parts)(viewOf(chart)) });
  expect(messageProblems(message)).toEqual([]);
  expect(images(message)[0]?.url).toBe('https://pennywatch.example/charts/x.png?s=1');
});

it('becomes words when it cannot be drawn, when there is no room, and while it is drawn', async () => {
  const log = rememberingLog();
  const broken = await createPictures({ drawChart: () => Promise.reject(new Error('no canvas')), log })(
    viewOf(chart),
  );
  expect(visible(renderMessage(viewOf(chart), { pictures: broken }))).toContain(
    'The chart cannot be shown (',
  );
  expect(log.lines[0]?.level).toBe('error');
  const large = viewOf(...Array.from({ length: 4 }, (_, index) => ({ ...chart, id: `c${index}` })));
  const drawChart = async () => new Uint8Array(300_000);
  const message = renderMessage(large, { pictures: await createPictures({ drawChart, log })(large) });
  expect(messageProblems(message)).toEqual([]);
  expect(images(message)).toHaveLength(2);
  expect(visible(message)).toContain('a Teams message holds no more pictures');
  const drawing = drawingPictures(viewOf(chart));
  expect(visible(renderMessage(viewOf(chart), { pictures: drawing }))).toContain('Drawing the chart…');
  const given = withoutPictures(
    new Map([[chart, { state: 'ready', url: 'https://x.example/a.png' }]]),
    'Teams did not accept the picture',
  );
  expect(images(renderMessage(viewOf(chart), { pictures: given }))).toEqual([]);
});

it('is Teams’ own where that is wanted, with the picture for other clients, and never a zero for what is unknown', () => {
  const pictures = new Map([[chart, { state: 'ready' as const, url: 'https://x.example/a.png' }]]);
  const message = renderMessage(viewOf(chart), { pictures, nativeCharts: true });
  expect(messageProblems(message)).toEqual([]);
  expect(nodesOf(message).find(({ type }) => String(type).startsWith('Chart.'))).toMatchObject({
    type: 'Chart.VerticalBar.Grouped',
    title: chart.title,
    data: [{ legend: 'training', values: [{ x: '18 Nov', y: 12 }] }],
    fallback: { type: 'Image', altText: chart.alt },
  });
  const lines: ChartSpec = {
    ...chart,
    lines: { baseline: 'zero', bands: [], levels: [] },
    series: [{ name: 'actual', role: 'actual', values: [1, 2] }],
  };
  const drawn = nodesOf(renderMessage(viewOf(lines), { nativeCharts: true }));
  expect(drawn.some(({ type }) => type === 'Chart.Line')).toBe(true);
});
