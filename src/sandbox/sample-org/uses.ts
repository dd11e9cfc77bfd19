/** Short ways to write down what a model uses; the models table is made of these. */
import { METERS, type MeterId } from './meters.ts';
import type { Use } from './types.ts';

type Options = Partial<Omit<Use, 'meter' | 'resource' | 'monthly'>>;

function use(
  meter: MeterId,
  resource: string,
  monthly: Use['monthly'],
  options: Options,
  defaults: Pick<Use, 'stage' | 'shape'>,
): Use {
  return { environment: 'prod', tagging: 'full', ...defaults, ...options, meter, resource, monthly };
}

/** Training that runs every night; cost a month. */
export function nightly(meter: MeterId, resource: string, cost: number, options: Options = {}): Use {
  return use(meter, resource, { cost }, options, { stage: 'training', shape: 'nightly' });
}

/** Full retrains, `perMonth` of them over two days each (default 1); cost a month. */
export function retrain(meter: MeterId, resource: string, cost: number, options: Options = {}): Use {
  return use(meter, resource, { cost }, { perMonth: 1, ...options }, { stage: 'training', shape: 'retrain' });
}

/** Experiments that come and go, in dev; cost a month. */
export function experiments(meter: MeterId, resource: string, cost: number, options: Options = {}): Use {
  return use(
    meter,
    resource,
    { cost },
    { environment: 'dev', ...options },
    { stage: 'training', shape: 'burst' },
  );
}

/** Serving that follows traffic; cost a month. */
export function serve(meter: MeterId, resource: string, cost: number, options: Options = {}): Use {
  return use(meter, resource, { cost }, options, { stage: 'inference', shape: 'traffic' });
}

/** Storage and pipelines; cost a month. */
export function data(meter: MeterId, resource: string, cost: number, options: Options = {}): Use {
  return use(meter, resource, { cost }, options, { stage: 'data', shape: 'steady' });
}

/** An S3 bucket: what is stored and how often it is read are two rows; cost a month of both. */
export function bucket(name: string, cost: number, options: Options = {}): Use[] {
  return [
    data('aws-s3', name, cost * 0.9, options),
    data('aws-s3-requests', name, cost * 0.1, { shape: 'traffic', ...options }),
  ];
}

type TokenMeter = MeterId extends infer M ? (M extends `${infer Family}:in` ? Family : never) : never;

/** LLM tokens, in million a month: input, output and cached input are meters of their own. */
export function tokens(
  family: TokenMeter,
  resource: string,
  volume: { readonly in: number; readonly out?: number; readonly cached?: number },
  options: Options = {},
): Use[] {
  return (['in', 'cached', 'out'] as const).flatMap((direction) => {
    const units = volume[direction];
    const meter = `${family}:${direction}`;
    if (units === undefined || !isMeter(meter)) return [];
    return [use(meter, resource, { units }, options, { stage: 'inference', shape: 'traffic' })];
  });
}

function isMeter(id: string): id is MeterId {
  return id in METERS;
}
