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

/** Where the gateway's own guards do not look, no pattern that rejects may pass either: anywhere in the body. */
export function blocked(configuration: Configuration, names: readonly string[], request: TestRequest): boolean {
  if (!['/v1/embeddings', '/v1/messages/count_tokens'].includes(request.path.split('?')[0] ?? '')) return false;
  return inOrder(configuration, names, 'request').some((guardrail) => matches(guardrail, request.body ?? ''));
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
