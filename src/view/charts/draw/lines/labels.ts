/** Puts labels where they cover least: never on each other, and off the lines where there is room. */
import type { Box, Pen } from '../pen.ts';
import { INK } from '../theme.ts';
import type { Point } from './strokes.ts';

export interface Labels {
  /** The best of the candidates, earlier ones preferred; it is taken from then on. */
  place(candidates: readonly Box[]): Box | undefined;
}

/** Dots that no label may hide. */
export interface Dots {
  readonly points: readonly Point[];
  readonly radius: number;
}

/** Pixels between two points that a line is looked at. */
const GRAIN = 5;
const ON_ANOTHER = 10_000;
const ON_A_DOT = 60;

export function labelsAmong(lines: readonly (readonly Point[])[], dots: Dots): Labels {
  const points = lines.flatMap(sampled);
  const taken: Box[] = [];
  const cost = (box: Box): number =>
    taken.filter((other) => overlaps(box, other)).length * ON_ANOTHER +
    dots.points.filter((point) => holds(grown(box, dots.radius), point)).length * ON_A_DOT +
    points.filter((point) => holds(box, point)).length;
  return {
    place(candidates) {
      let best: { box: Box; cost: number } | undefined;
      for (const box of candidates) {
        const own = cost(box);
        if (!best || own < best.cost) best = { box, cost: own };
      }
      if (best) taken.push(best.box);
      return best?.box;
    },
  };
}

/** Text on a light ground, in the middle of its box. */
export function drawLabel(pen: Pen, box: Box, text: string, colour: string, scale: number): void {
  pen.save();
  pen.globalAlpha = 0.88;
  pen.fillStyle = INK.panel;
  pen.beginPath();
  pen.roundRect(box.x, box.y, box.width, box.height, 5 * scale);
  pen.fill();
  pen.globalAlpha = 1;
  pen.fillStyle = colour;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, box.x + box.width / 2, box.y + box.height / 2);
  pen.restore();
}

function sampled(line: readonly Point[]): Point[] {
  return line.flatMap((point, index) => {
    const next = line[index + 1];
    if (!next) return [point];
    const count = Math.max(1, Math.ceil(Math.hypot(next.x - point.x, next.y - point.y) / GRAIN));
    return Array.from({ length: count }, (_, part) => ({
      x: point.x + ((next.x - point.x) * part) / count,
      y: point.y + ((next.y - point.y) * part) / count,
    }));
  });
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function holds(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
