/** All `/cost` commands. Help, README and the command line are derived from this list. */
import { actions } from './actions.ts';
import { anomalies } from './anomalies.ts';
import { anomaly } from './anomaly.ts';
import { backtest } from './backtest.ts';
import { budget } from './budget.ts';
import { compare } from './compare.ts';
import { coverage } from './coverage.ts';
import { feature } from './feature.ts';
import { forecast } from './forecast.ts';
import { createHelp } from './help.ts';
import { model } from './model.ts';
import { owner } from './owner.ts';
import { pins } from './pins.ts';
import { plan } from './plan.ts';
import { proposal } from './proposal.ts';
import { report } from './report.ts';
import { schedules } from './schedules.ts';
import { service } from './service.ts';
import { settings } from './settings.ts';
import { slo } from './slo.ts';
import { sources } from './sources.ts';
import { stop } from './stop.ts';
import { subscribe } from './subscribe.ts';
import { team } from './team.ts';
import { top } from './top.ts';
import { ttl } from './ttl.ts';
import type { Command } from './types.ts';
import { unsubscribe } from './unsubscribe.ts';
import { why } from './why.ts';

export const commands: readonly Command[] = [
  model,
  team,
  service,
  feature,
  top,
  why,
  anomalies,
  anomaly,
  backtest,
  compare,
  forecast,
  owner,
  report,
  subscribe,
  unsubscribe,
  pins,
  budget,
  plan,
  slo,
  stop,
  proposal,
  actions,
  ttl,
  schedules,
  settings,
  coverage,
  sources,
  createHelp(() => commands),
];
