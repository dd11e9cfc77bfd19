/** View → the app's home. Slack takes more blocks there than in a message, and no tables of its own. */
import type { HomeView } from '@slack/types';
import type { View } from '../../view/elements.ts';
import { fitBlocks } from './fit.ts';
import { limits } from './limits.ts';
import { plainBlocks, renderElements } from './render.ts';
import type { Pictures } from './render-image.ts';

export type { HomeView } from '@slack/types';

/** Tables become aligned text. Throws INTERNAL for unregistered buttons. */
export function renderHome(view: View, pictures: Pictures = new Map()): HomeView {
  const parts = renderElements(view, pictures);
  return { type: 'home', blocks: fitBlocks(parts, { ...limits.home, name: 'on one Slack page' }) };
}

/** The same with no layout at all, for a workspace that refuses the blocks. */
export function renderPlainHome(view: View): HomeView {
  return { type: 'home', blocks: plainBlocks(view) };
}
