/** Tells in the team's channel, once each, that a cost SLO burns its error budget, and that a burn is over. */
import { findOwner } from '../store/organisation.ts';
import { enqueue } from '../store/outbox.ts';
import { endSloAlert, openSloAlerts, type StoredSloAlert, startSloAlert } from '../store/slo-alerts.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { composeSloBurning, composeSloRecovered } from '../view/messages/slo-notices.ts';
import type { NewId } from './buttons.ts';
import type { Context } from './context.ts';
import { ownerMention, placesOfTeam, toMessages } from './notices.ts';
import { readSlos, type SloLine } from './slo-report.ts';

/** May be called as often as one likes; resolves to how many messages it wrote. */
export async function tellSloAlerts(context: Context, { newId }: { newId?: NewId } = {}): Promise<number> {
  const { today, slos } = await readSlos(context);
  const open = await openSloAlerts(context.store);
  const names = new Set(context.settings.slos.map(({ name }) => name));
  const orphans = open.filter(({ slo }) => !names.has(slo));
  if (orphans.length > 0) await forget(context, orphans, today);
  let written = 0;
  for (const line of slos) {
    if (!line.window) continue;
    const own = open.filter(({ slo }) => slo === line.slo.name);
    const firing = line.status.burns.filter((burn) => burn.firing);
    for (const { rule, long } of firing) {
      if (own.some((alert) => alert.rule === rule.id)) continue;
      const burnRate = long ?? 0;
      const alert = { slo: line.slo.name, rule: rule.id, severity: rule.severity, burnRate };
      written += await tellBurning(context, line, { ...alert, startedOn: line.window.end }, today, newId);
    }
    for (const alert of own)
      if (isOver(line, alert)) written += await tellRecovered(context, line, alert, today, newId);
  }
  return written;
}

/** An SLO that is no more has no burns: set again under its name, it may be told again. */
async function forget({ store }: Context, alerts: readonly StoredSloAlert[], today: string): Promise<void> {
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    for (const alert of alerts) await endSloAlert(tx, alert, today);
  });
}

/** A burn is over when days are known again and the rule is quiet: silence of a source is no recovery. */
function isOver({ status, days }: SloLine, { rule }: StoredSloAlert): boolean {
  const newest = days.at(-1)?.good ?? null;
  return newest !== null && !status.burns.some((burn) => burn.rule.id === rule && burn.firing);
}

async function tellBurning(
  context: Context,
  line: SloLine,
  alert: StoredSloAlert,
  today: string,
  newId: NewId | undefined,
): Promise<number> {
  const owner = await findOwner(context.store, line.slo.scope);
  const mention = owner && alert.severity === 'high' ? ownerMention(owner) : undefined;
  const messages = await toMessages(context, newId, {
    places: await placesOfTeam(context, line.team),
    view: composeSloBurning({ ...line, rule: alert.rule, today, ...(mention && { mention }) }),
    key: `slo-burning:${alert.slo}:${alert.rule}:${alert.startedOn}`,
    about: `cost SLO ${alert.slo}`,
  });
  const at = new Date(context.now());
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (!(await startSloAlert(tx, alert, at))) return 0;
    await enqueue(tx, messages, at);
    return messages.length;
  });
}

async function tellRecovered(
  context: Context,
  line: SloLine,
  alert: StoredSloAlert,
  today: string,
  newId: NewId | undefined,
): Promise<number> {
  const messages = await toMessages(context, newId, {
    places: await placesOfTeam(context, line.team),
    view: composeSloRecovered({ ...line, since: alert.startedOn, today }),
    key: `slo-recovered:${alert.slo}:${alert.rule}:${alert.startedOn}`,
    about: `cost SLO ${alert.slo}`,
  });
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (!(await endSloAlert(tx, alert, line.window?.end ?? today))) return 0;
    await enqueue(tx, messages, new Date(context.now()));
    return messages.length;
  });
}
