/** The Kubernetes API's way to say no: Status objects. */
import type { WireAnswer } from '../http-stand-in.ts';

/** What a path is about. */
export interface Place {
  /** "apps", "batch", "autoscaling". */
  readonly group: string;
  /** "deployments", "jobs" … */
  readonly plural: string;
  readonly namespace: string;
  /** Absent for a list. */
  readonly name?: string;
  /** "scale" */
  readonly sub?: string;
}

export function refuse(
  code: number,
  reason: string,
  message: string,
  { group, plural, name }: Partial<Place> = {},
): WireAnswer {
  return {
    status: code,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      details: { ...(name && { name }), ...(group && { group }), ...(plural && { kind: plural }) },
      code,
    },
  };
}

export function notFound(place: Place): WireAnswer {
  const message = `${place.plural}.${place.group} "${place.name}" not found`;
  return refuse(404, 'NotFound', message, place);
}

export function conflict(place: Place): WireAnswer {
  const message = `Operation cannot be fulfilled on ${place.plural}.${place.group} "${place.name}": the object has been modified; please apply your changes to the latest version and try again`;
  return refuse(409, 'Conflict', message, place);
}

export function forbidden(verb: string, place: Place): WireAnswer {
  const { group, plural, namespace, name, sub } = place;
  const resource = sub ? `${plural}/${sub}` : plural;
  const what = name ? `${plural}.${group} "${name}"` : `${plural}.${group}`;
  const message = `${what} is forbidden: User "system:serviceaccount:finops:pennywatch" cannot ${verb} resource "${resource}" in API group "${group}" in the namespace "${namespace}"`;
  return refuse(403, 'Forbidden', message, place);
}

export function tooMany(): WireAnswer {
  const message = 'Too many requests, please try again later.';
  return { ...refuse(429, 'TooManyRequests', message), headers: { 'retry-after': '1' } };
}
