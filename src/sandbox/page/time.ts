/** Times as Slack shows them, in the reader's zone. */
export const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

export function clockTime(ts: string): string {
  return dateOf(ts).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
}

export function fullTime(ts: string): string {
  return dateOf(ts).toLocaleString('en-US', { dateStyle: 'full', timeStyle: 'medium' });
}

/** Same for all messages of one day. */
export const dayKey = (ts: string): string => dateOf(ts).toDateString();

/** "Today", "Yesterday", or "Monday, November 17th". */
export function dayLabel(ts: string): string {
  const date = dateOf(ts);
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (date.toDateString() === new Date().toDateString()) return 'Today';
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  const day = date.toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric' });
  return `${day}${ordinal(date.getDate())}`;
}

/** Slack's `<!date^…>` formats, as far as apps use them. */
export function slackDate(timestamp: string, format: string): string {
  const date = dateOf(timestamp);
  const day = (options: Intl.DateTimeFormatOptions): string => date.toLocaleDateString('en-US', options);
  const plain = day({ month: 'long', day: 'numeric', year: 'numeric' });
  const tokens: Readonly<Record<string, string>> = {
    date_num: `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`,
    date: plain,
    date_short: day({ month: 'short', day: 'numeric', year: 'numeric' }),
    date_long: day({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    time: clockTime(timestamp),
    time_secs: date.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  };
  return format.replaceAll(/\{(\w+?)(_pretty)?\}/g, (all, name: string, pretty?: string) => {
    const near = pretty ? dayLabel(timestamp) : '';
    if (near === 'Today' || near === 'Yesterday') return near.toLowerCase();
    return tokens[name] ?? all;
  });
}

const pad = (value: number): string => String(value).padStart(2, '0');

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}
