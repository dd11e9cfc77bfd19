/** View → Teams message: an Adaptive Card, and the summary that a notification shows. */
import type { View } from '../../view/elements.ts';
import { renderText } from '../../view/fallback.ts';
import type { AdaptiveCard, CardMention, CardRefresh } from './card-types.ts';
import { clip, shorten } from './clip.ts';
import { fitParts, jsonBytes, renderNote } from './fit.ts';
import { keyElement } from './key.ts';
import { limits } from './limits.ts';
import { type ActionPlace, actionSets, backAction, mineAction } from './render-actions.ts';
import { renderElements } from './render-elements.ts';
import type { Pictures } from './render-image.ts';
import { join, type Part, renderSpans } from './rich-text.ts';
import type { TeamsMessage } from './types.ts';

export interface RenderOptions extends ActionPlace {
  readonly pictures?: Pictures;
  /** "29:…" of people, by Entra object id: who sees their own view at once. */
  readonly userIds?: ReadonlyMap<string, string>;
  /** Names the message, unseen. */
  readonly key?: string;
  /** Offers the message's own card again. */
  readonly back?: boolean;
  /** Charts that Teams draws itself; clients that cannot show the picture. */
  readonly nativeCharts?: boolean;
  /** False: everybody sees what only deciders would. */
  readonly ownViews?: boolean;
  readonly fullWidth?: boolean;
  /** Says that it may have been posted before. */
  readonly repeat?: boolean;
}

const NO_WORDS = 'A message from Pennywatch';

/** Renders every element; a chart without a picture is described in words. Throws INTERNAL for unregistered buttons. */
export function renderMessage(view: View, options: RenderOptions = {}): TeamsMessage {
  return wrap(view, renderCard(view, options));
}

/** What `renderMessage` wraps; also answers a click. */
export function renderCard(asked: View, options: RenderOptions = {}): AdaptiveCard {
  const view = options.ownViews === false ? forEverybody(asked) : asked;
  const refresh = refreshOf(view, options);
  const ending = endingOf(options);
  const taken = jsonBytes([ending, refresh]) + 1_000;
  const surface = {
    bytes: limits.message.bytes - taken,
    parts: limits.message.parts,
    name: 'in one Teams message',
  };
  const body = fitParts(renderElements(view, options, surface.bytes), surface);
  return card(join([body.elements.length > 0 ? body : renderNote(NO_WORDS), ending]), {
    refresh,
    fullWidth: options.fullWidth,
  });
}

/** The same message with hardly any layout, for a client that refuses the card. */
export function renderPlain(
  view: View,
  options: Pick<RenderOptions, 'key' | 'back' | 'repeat'> = {},
): TeamsMessage {
  const words = clip(renderText(view), limits.paragraph);
  const body = join([
    renderNote('Teams refused the layout of this message, so here it is as plain text.'),
    renderSpans([{ kind: 'text', text: words || NO_WORDS }]),
    endingOf(options),
  ]);
  return wrap(view, card(body));
}

/** What is shown until something that takes longer is ready. */
export function renderLoading(words: string): AdaptiveCard {
  return card(renderSpans([{ kind: 'text', text: words || 'One moment…' }]));
}

export function card(
  { elements, mentions }: Part,
  {
    refresh,
    fullWidth = true,
  }: { readonly refresh?: CardRefresh | undefined; readonly fullWidth?: boolean | undefined } = {},
): AdaptiveCard {
  const msteams: AdaptiveCard['msteams'] = {
    ...(fullWidth ? { width: 'Full' } : {}),
    ...(mentions.length > 0 ? { entities: eachOnce(mentions) } : {}),
  };
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: elements,
    ...(refresh ? { refresh } : {}),
    ...(Object.keys(msteams).length > 0 ? { msteams } : {}),
  };
}

function endingOf({ repeat, back, key }: RenderOptions): Part {
  return join([
    ...(repeat ? [renderNote('(Perhaps a repeat: Teams did not say whether the first was posted.)')] : []),
    ...(back ? [actionSets([backAction('Back')])] : []),
    ...(key === undefined ? [] : [{ elements: [keyElement(key)], mentions: [] }]),
  ]);
}

/** Where nobody can be shown another view: every button is there, and who may is decided on the click. */
function forEverybody({ elements }: View): View {
  return {
    elements: elements.map((element) => {
      if (element.kind !== 'actions') return element;
      const { deciders: _, ...actions } = element;
      return actions;
    }),
  };
}

/** Those whose "29:…" is known see their own view at once; the others can ask for it with the button. */
function refreshOf({ mine }: View, { userIds }: RenderOptions): CardRefresh | undefined {
  if (!mine) return undefined;
  const known = mine.people.flatMap(({ teams }) => userIds?.get(teams?.toLowerCase() ?? '') ?? []);
  const { fallback: _, ...action } = mineAction(mine.button);
  return { action, userIds: [...new Set(known)].slice(0, limits.refreshUsers) };
}

function eachOnce(mentions: readonly CardMention[]): CardMention[] {
  return [...new Map(mentions.map((mention) => [JSON.stringify(mention), mention])).values()];
}

function wrap(view: View, content: AdaptiveCard): TeamsMessage {
  return {
    type: 'message',
    summary: summaryOf(view),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

/** The first things said, without pictures and buttons. */
function summaryOf({ elements }: View): string {
  const said = elements.filter(({ kind }) => kind === 'heading' || kind === 'text');
  const words = renderText({ elements: said.length > 0 ? said : elements }, { buttons: 'none' });
  return shorten(words, limits.message.summary) || NO_WORDS;
}
