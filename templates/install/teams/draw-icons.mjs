/** Draws the icons of the app, a coin with an eye on it: `node templates/install/teams/draw-icons.mjs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';

/** The mark on a field of 24 by 24, as the demo's page draws it too. */
function drawMark(context, { size, scale, colour, pupil }) {
  context.translate(size / 2, size / 2);
  context.scale((size * scale) / 24, (size * scale) / 24);
  context.translate(-12, -12);
  context.strokeStyle = colour;
  context.lineWidth = 1.8;
  context.beginPath();
  context.arc(12, 12, 9.2, 0, Math.PI * 2);
  context.stroke();
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(5.5, 12);
  context.bezierCurveTo(9.1, 7, 14.9, 7, 18.5, 12);
  context.bezierCurveTo(14.9, 17, 9.1, 17, 5.5, 12);
  context.closePath();
  context.stroke();
  context.fillStyle = pupil;
  context.beginPath();
  context.arc(12, 12, 2.3, 0, Math.PI * 2);
  context.fill();
}

function icon(size, { background, ...mark }) {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  if (background) {
    context.fillStyle = background;
    context.fillRect(0, 0, size, size);
  }
  drawMark(context, { size, ...mark });
  return canvas.toBuffer('image/png');
}

const here = import.meta.dirname;
// Teams cuts the corners of the coloured one, which therefore fills its square.
const colour = { background: '#1f3a5f', colour: '#ffffff', pupil: '#e69f00', scale: 0.72 };
writeFileSync(join(here, 'color.png'), icon(192, colour));
// Teams colours this one itself: white on nothing.
writeFileSync(join(here, 'outline.png'), icon(32, { colour: '#ffffff', pupil: '#ffffff', scale: 1.08 }));
