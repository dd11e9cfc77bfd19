/** Small print as a Slack context block. */
import type { ContextBlock, ContextBlockElement, KnownBlock } from '@slack/types';
import type { Span } from '../../view/elements.ts';
import { plainText } from './clip.ts';
import { escapeMrkdwn, isMentionId, isSafeUrl } from './escape.ts';
import { limits } from './limits.ts';
import { spanText } from './rich-text.ts';

/**
 * Text is one plain element, so that values stay literal; a link or mention is an element of its own.
 * With more pieces than Slack takes, all of it becomes plain text.
 */
export function renderContext(spans: readonly Span[]): KnownBlock[] {
  const whole = spans.map(spanText).join('').trim();
  if (!whole) return [];
  const pieces = contextPieces(spans);
  if (pieces.length > limits.context.elements) return renderNote(whole);
  return [{ type: 'context', elements: pieces } satisfies ContextBlock];
}

/** One line of small print that holds no links and no mentions. */
export function renderNote(note: string): KnownBlock[] {
  return [{ type: 'context', elements: [plainText(note, limits.context.text)] } satisfies ContextBlock];
}

function contextPieces(spans: readonly Span[]): ContextBlockElement[] {
  const pieces: ContextBlockElement[] = [];
  let run = '';
  const flush = (): void => {
    if (run.trim()) pieces.push(plainText(run.trim(), limits.context.text));
    run = '';
  };
  for (const span of spans) {
    const markup = liveMarkup(span);
    if (markup === undefined) {
      run += spanText(span);
      continue;
    }
    flush();
    pieces.push({ type: 'mrkdwn', text: markup, verbatim: true });
  }
  flush();
  return pieces;
}

/** The only mrkdwn we write: a checked mention, or a checked address with a label that holds no marks. */
function liveMarkup(span: Span): string | undefined {
  if (span.kind === 'mention' && isMentionId(span.who, span.ids.slack)) {
    return span.who === 'user' ? `<@${span.ids.slack}>` : `<!subteam^${span.ids.slack}>`;
  }
  if (span.kind !== 'link' || !isSafeUrl(span.url) || span.url.length > limits.button.url) return undefined;
  if (/[*_~`|\n]/.test(span.text) || span.text.length > limits.sectionField) return undefined;
  return `<${escapeMrkdwn(span.url)}|${escapeMrkdwn(span.text)}>`;
}
