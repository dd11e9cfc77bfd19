/** Tells people of anomalies in the channel of the team that answers: each event once, with why, picture and buttons. */
import { type Day, dayInZone, later } from '../core/day.ts';
import { pathScope } from '../core/scope-path.ts';
import { dayOfStamp } from '../core/series.ts';
import { readAnomaly, type StoredAnomaly } from '../store/anomalies.ts';
import { type EventToTell, eventsToTell } from '../store/anomaly-notices.ts';
import { findOwner } from '../store/organisation.ts';
import { enqueue } from '../store/outbox.ts';
import { type NoticePlace, queuedBefore } from '../store/source-notices.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Element, Span } from '../view/elements.ts';
import { anomalyChart } from '../view/messages/anomaly-chart.ts';
import { composeAnomalyNotice, type NoticeKind } from '../view/messages/anomaly-notice.ts';
import { type AnomalyShown, anomalyHeadline, anomalyId } from '../view/messages/anomaly-words.ts';
import { showAnomalies } from './anomalies/show.ts';
import type { NewId } from './buttons.ts';
import type { Context } from './context.ts';
import { judgedSeries } from './judged-series.ts';
import { messageKey, ownerMention, placesOfTeam, toMessages } from './notices.ts';
import { noticePlaces } from './source-notices/places.ts';
import { teamOfScope } from './standing.ts';

/** What happened longer ago is no news: the process was down for days, or the database came from elsewhere. */
const NEWS = 2 * 86_400_000;
/** Days that the picture shows. */
const CHART_DAYS = 60;

/** May be called as often as one likes; resolves to how many messages it wrote. */
export async function tellAnomalies(context: Context, { newId }: { newId?: NewId } = {}): Promise<number> {
  const events = await eventsToTell(context.store, new Date(context.now() - NEWS));
  let written = 0;
  for (const event of events) written += await tellEvent(context, event, newId);
  return written;
}

async function tellEvent(context: Context, event: EventToTell, newId: NewId | undefined): Promise<number> {
  const { store, settings } = context;
  const anomaly = await readAnomaly(store, event.anomalyId);
  // A correction of something that nobody was told of is no news.
  if (!anomaly || (event.kind === 'corrected' && anomaly.notifications === 0)) return 0;
  const places = await placesOf(context, anomaly, event);
  const key = `anomaly:${anomaly.id}:${event.id}`;
  const told = await queuedBefore(
    store,
    places.map((place) => messageKey(key, place)),
  );
  const rest = places.filter((place) => !told.has(messageKey(key, place)));
  const [shown] = rest.length > 0 ? await showAnomalies(context, [anomaly]) : [];
  if (!shown) return 0;
  const today = dayInZone(context.now(), settings.timeZone);
  const kind = noticeKind(event);
  const mention = await mentionOf(context, anomaly, kind);
  const chart = kind === 'corrected' ? undefined : await chartOf(context, anomaly, shown, today);
  const messages = await toMessages(context, newId, {
    places: rest,
    view: composeAnomalyNotice({
      kind,
      anomaly: shown,
      today,
      timeZone: settings.timeZone,
      ...(mention && { mention }),
      ...(chart && { chart }),
    }),
    key,
    about: `anomaly ${anomalyId(anomaly.id)}`,
  });
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await enqueue(tx, messages, new Date(context.now()));
  });
  return messages.length;
}

/** The team's channel; an escalation goes to those who get the organisation's report, or the admins. */
async function placesOf(
  context: Context,
  { path }: StoredAnomaly,
  { kind }: EventToTell,
): Promise<NoticePlace[]> {
  if (kind === 'escalated') return noticePlaces(context);
  const team = path[0] || (await teamOfScope(context.store, pathScope(path)));
  return placesOfTeam(context, team);
}

/** Somebody is called when they must act: not for a correction, and the owner not again by an escalation. */
async function mentionOf(
  { store }: Context,
  { path }: StoredAnomaly,
  kind: NoticeKind,
): Promise<Span | undefined> {
  if (kind === 'corrected' || kind === 'escalated') return undefined;
  const owner = await findOwner(store, pathScope(path));
  return owner && ownerMention(owner);
}

async function chartOf(
  context: Context,
  anomaly: StoredAnomaly,
  shown: AnomalyShown,
  today: Day,
): Promise<Element | undefined> {
  const end = later(dayOfStamp(anomaly.judgedThrough), dayOfStamp(anomaly.lastStamp));
  const band = await judgedSeries(context, anomaly.path, { days: CHART_DAYS, end, found: anomaly });
  const title = anomalyHeadline(shown, today).replace(/^\P{L}*\p{L}+: /u, '');
  const changes = anomaly.explanation?.changes ?? [];
  const chart = band && anomalyChart(title, band, { changes, today });
  return chart && { kind: 'chart', chart };
}

function noticeKind({ kind, note }: EventToTell): NoticeKind {
  if (kind === 'escalated' || kind === 'corrected') return kind;
  if (note === 'worse') return 'worse';
  return note === 'opened' ? 'opened' : 'again';
}
