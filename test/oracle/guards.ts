import type { TestRequest, World } from '../../toolchain/config-tests/engine.ts';
import type { Configuration, Written } from './configuration.ts';

type Guardrail = Written<'Guardrail'>;
type Phase = Guardrail['spec']['phases'][number];

function inOrder({ guardrails }: Configuration, names: readonly string[], phase: Phase): Guardrail[] {
  return names.flatMap((name) => {
    const guardrail = guardrails.find(({ metadata }) => metadata.name === name);
    return guardrail?.spec.phases.includes(phase) ? [guardrail] : [];
  });
}

function matches({ spec }: Guardrail, text: string): boolean {
  if (spec.mode === 'detect') return false;
  const rejecting = (spec.patterns ?? []).filter(({ action }) => action === 'reject');
  return rejecting.some(({ regex }) => regex !== undefined && new RegExp(regex).test(text));
}

/** No pattern that rejects may pass anywhere in the body, whatever field it stands in: the denial and its status. */
export function blocked(
  configuration: Configuration,
  names: readonly string[],
  { body }: TestRequest,
): readonly [string, number] | undefined {
  const texts = textsIn(JSON.parse(body ?? 'null'));
  const rejecting = inOrder(configuration, [...names].sort(), 'request').find((guardrail) =>
    texts.some((text) => matches(guardrail, text)),
  );
  return rejecting && [`!blocked.${rejecting.metadata.name}`, rejecting.spec.rejection?.status ?? 403];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** The status of the first guard that rejects: of each guardrail its patterns, then its webhook. */
export function rejection(
  configuration: Configuration,
  names: readonly string[],
  phase: Phase,
  text: string,
  { webhook }: World,
): number | undefined {
  for (const guardrail of inOrder(configuration, names, phase)) {
    if (matches(guardrail, text)) return guardrail.spec.rejection?.status ?? 403;
    const hook = guardrail.spec.webhook;
    if (hook === undefined) continue;
    if (webhook === 'down' || webhook === 'slow') {
      if (hook.onFailure !== 'allow') return 503;
    } else if (typeof webhook === 'object') {
      const action = webhook.action as { readonly body?: unknown; readonly status_code?: unknown };
      if (typeof action.body === 'string' && typeof action.status_code === 'number') return action.status_code;
    }
  }
  return undefined;
}
