/** Keeps values inert where Slack would read markup. Only the `text` beside the blocks and context links need it. */

/**
 * Text as Slack's mrkdwn shows it literally: no mention, link or date can come alive in it.
 * Bold and code marks cannot be escaped in mrkdwn, so values never go there when they are shown.
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a person typed after the slash command: Slack sends `&`, `<` and `>` as entities. */
export function unescapeCommand(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Whether a link may be live: only web and mail addresses, without characters that end a link early. */
export function isSafeUrl(url: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s<>|]+$/i.test(url);
}

/** Whether an id is one Slack hands out, so that nothing else can become a mention. */
export function isMentionId(who: 'user' | 'group', id: string | undefined): id is string {
  if (id === undefined) return false;
  return (who === 'user' ? /^[UW][A-Z0-9]+$/ : /^S[A-Z0-9]+$/).test(id);
}
