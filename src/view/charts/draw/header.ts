/** Paints the panel, the title, the subtitle and the legend. */
import { hatch } from './hatch.ts';
import type { Header, LegendItem } from './header-layout.ts';
import { drawLineSwatch } from './lines/swatches.ts';
import type { Pen } from './pen.ts';
import type { Theme } from './theme.ts';
import { font, INK } from './theme.ts';

/** A rounded, opaque panel of its own: the picture reads on light and on dark pages. */
export function drawPanel(pen: Pen, width: number, height: number, { scale }: Theme): void {
  const half = 0.75 * scale;
  pen.save();
  pen.clearRect(0, 0, width, height);
  pen.beginPath();
  pen.roundRect(half, half, width - 2 * half, height - 2 * half, 14 * scale);
  pen.fillStyle = INK.panel;
  pen.fill();
  pen.strokeStyle = INK.edge;
  pen.lineWidth = 1.5 * scale;
  pen.stroke();
  pen.restore();
}

export function drawHeader(pen: Pen, header: Header, theme: Theme): void {
  pen.save();
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillStyle = INK.title;
  pen.font = font(theme.titleSize, 'semibold');
  for (const line of header.title) pen.fillText(line.text, line.x, line.y);
  if (header.subtitle) {
    pen.fillStyle = INK.quiet;
    pen.font = font(theme.textSize * 0.95);
    pen.fillText(header.subtitle.text, header.subtitle.x, header.subtitle.y);
  }
  pen.font = font(header.legendSize);
  for (const item of header.legend) {
    drawSwatch(pen, item, header.swatchWidth, theme);
    pen.fillStyle = INK.text;
    pen.fillText(item.text, item.x + header.swatchWidth + header.gap, item.y);
  }
  pen.restore();
}

function drawSwatch(pen: Pen, { swatch, x, y }: LegendItem, width: number, theme: Theme): void {
  const { scale, lineWidth } = theme;
  const side = 16 * scale;
  const box = { x: x + (width - side) / 2, y: y - side / 2, width: side, height: side };
  switch (swatch.kind) {
    case 'bar':
      pen.fillStyle = swatch.colour;
      pen.beginPath();
      pen.roundRect(box.x, box.y, side, side, 3 * scale);
      pen.fill();
      return;
    case 'hatch':
      pen.fillStyle = INK.quiet;
      pen.fillRect(box.x, box.y, side, side);
      hatch(pen, box, scale);
      return;
    case 'unknown':
      pen.fillStyle = INK.unknown;
      pen.fillRect(box.x, box.y, side, side);
      pen.strokeStyle = INK.edge;
      pen.lineWidth = scale;
      pen.beginPath();
      pen.rect(box.x, box.y, side, side);
      pen.stroke();
      return;
    case 'line':
      stroke(pen, [x, y, x + width, y], INK.line, lineWidth);
      return;
    case 'ghost-line':
      stroke(pen, [x, y, x + width, y], INK.ghost, lineWidth * 0.6);
      return;
    case 'skyline':
      stroke(
        pen,
        [x, y + side / 3, x + width / 2, y + side / 3, x + width / 2, y - side / 3, x + width, y - side / 3],
        INK.ghost,
        lineWidth * 0.6,
      );
      return;
    case 'stroke':
    case 'range':
    case 'dot':
    case 'flag':
      drawLineSwatch(pen, swatch, { x, y, width }, theme);
      return;
    default:
      swatch satisfies never;
  }
}

function stroke(pen: Pen, points: readonly number[], colour: string, width: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(points[0] ?? 0, points[1] ?? 0);
  for (let at = 2; at < points.length; at += 2) pen.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  pen.stroke();
}
