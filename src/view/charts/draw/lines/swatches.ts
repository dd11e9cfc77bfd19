/** Legend signs of charts of lines. */
import type { Pen } from '../pen.ts';
import type { Theme } from '../theme.ts';
import { INK } from '../theme.ts';

export type LineSwatch =
  | { readonly kind: 'stroke'; readonly colour: string; readonly dashed?: boolean; readonly thin?: boolean }
  | { readonly kind: 'range'; readonly colour: string; readonly alpha: number; readonly middle?: string }
  | { readonly kind: 'dot'; readonly colour: string }
  | { readonly kind: 'flag' };

/** Draws the sign `width` wide, its middle at `y`. */
export function drawLineSwatch(
  pen: Pen,
  swatch: LineSwatch,
  { x, y, width }: { x: number; y: number; width: number },
  { scale, lineWidth }: Theme,
): void {
  const side = 16 * scale;
  const line = (colour: string, thickness: number): void => {
    pen.strokeStyle = colour;
    pen.lineWidth = thickness;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + width, y);
    pen.stroke();
  };
  pen.save();
  switch (swatch.kind) {
    case 'stroke':
      if (swatch.dashed) pen.setLineDash([5 * scale, 3 * scale]);
      line(swatch.colour, swatch.thin ? lineWidth * 0.6 : lineWidth);
      break;
    case 'range':
      pen.globalAlpha = swatch.alpha;
      pen.fillStyle = swatch.colour;
      pen.fillRect(x, y - side / 2, width, side);
      pen.globalAlpha = 1;
      if (swatch.middle) line(swatch.middle, lineWidth * 0.6);
      break;
    case 'dot':
      pen.fillStyle = swatch.colour;
      pen.beginPath();
      pen.arc(x + width / 2, y, side * 0.4, 0, Math.PI * 2);
      pen.fill();
      break;
    case 'flag':
      drawFlag(pen, x + width / 2, y - side * 0.3, side * 0.7);
      break;
    default:
      swatch satisfies never;
  }
  pen.restore();
}

/** A small triangle that points down from `top`. */
export function drawFlag(pen: Pen, x: number, top: number, size: number): void {
  pen.fillStyle = INK.text;
  pen.beginPath();
  pen.moveTo(x - size / 2, top);
  pen.lineTo(x + size / 2, top);
  pen.lineTo(x, top + size * 0.85);
  pen.closePath();
  pen.fill();
}
