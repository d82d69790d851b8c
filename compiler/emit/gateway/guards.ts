import type { ClientFormat, DecisionTable, Rule } from '../../../contract/artifacts/decision-table.ts';
import { byCodeUnit } from '../../../contract/canonical.ts';
import { guardrailToken } from '../../../contract/tokens.ts';
import type { Model } from '../../resolve/model.ts';
import { regexOf } from '../../resolve/patterns.ts';
import type { Resource } from '../../resolve/resources.ts';
import { literal } from './cel.ts';
import { jsonError } from './errors.ts';
import type { GatewayObject } from './value.ts';

type Guardrail = Resource<'Guardrail'>;
type Phase = Guardrail['spec']['phases'][number];

/** Guardrails of a rule, in order. */
function guardrailsOf(rule: Rule, model: Model): Guardrail[] {
  return rule.guardrails.flatMap((name) => model.resources.guardrails.get(name) ?? []);
}

/** Guardrails of any rule, in order of name. */
export function guardrailsInUse(table: DecisionTable, model: Model): Guardrail[] {
  return resourcesOf(Object.values(table.rules), model);
}

/** Those of any class that have patterns which reject requests: each has a denial of its own. */
export function rejecting(table: DecisionTable, model: Model): Guardrail[] {
  return resourcesOf(Object.values(table.classes), model).filter(
    ({ spec }) =>
      spec.mode === 'enforce' &&
      spec.phases.includes('request') &&
      spec.patterns.some((pattern) => pattern.action === 'reject' && regexOf(pattern) !== undefined),
  );
}

function resourcesOf(holders: readonly { readonly guardrails: readonly string[] }[], model: Model): Guardrail[] {
  const names = new Set(holders.flatMap(({ guardrails }) => guardrails));
  return [...names].sort(byCodeUnit).flatMap((name) => model.resources.guardrails.get(name) ?? []);
}

/**
 * All guards of a rule in one place: the gateway never joins lists, it replaces them. Patterns in detect mode are no
 * guards (see scan.ts), a Bedrock definition in detect mode is one that blocks nothing.
 */
export function promptGuard(rule: Rule, model: Model, format: ClientFormat): GatewayObject {
  const guardrails = guardrailsOf(rule, model);
  const request = guardrails.flatMap((guardrail) => guardsOf(guardrail, 'request', model, format));
  const response = guardrails.flatMap((guardrail) => guardsOf(guardrail, 'response', model, format));
  if (request.length === 0 && response.length === 0) return {};
  const streaming = guardrails.some(
    ({ spec }) => spec.streaming === 'guard' && spec.mode === 'enforce' && spec.phases.includes('response'),
  );
  return {
    promptGuard: {
      ...(streaming ? { streaming: 'Enabled' } : {}),
      ...(request.length === 0 ? {} : { request }),
      ...(response.length === 0 ? {} : { response }),
    },
  };
}

/**
 * Guards do not read `instructions`. Before they look, it becomes the first item of the input, where it means the same.
 * Only then: an unguarded request goes upstream as it came.
 */
export function guardedInstructions(guard: GatewayObject): GatewayObject {
  if (!hasRequestGuards(guard)) return {};
  const item = (role: string, content: string) => `{"type": "message", "role": "${role}", "content": ${content}}`;
  const input = `type(llmRequest.input) == string ? [${item('user', 'llmRequest.input')}] : llmRequest.input`;
  return {
    input: `has(llmRequest.instructions) && type(llmRequest.instructions) == string ? [${item('system', 'llmRequest.instructions')}] + (${input}) : llmRequest.input`,
    instructions: 'fail("moved into the input")',
  };
}

function hasRequestGuards({ promptGuard: guards }: GatewayObject): boolean {
  return typeof guards === 'object' && guards !== null && 'request' in guards;
}

function guardsOf(guardrail: Guardrail, phase: Phase, model: Model, format: ClientFormat): GatewayObject[] {
  const { spec, name } = guardrail;
  if (!spec.phases.includes(phase)) return [];
  const rejection = rejectionOf(spec.rejection, format);
  return [
    ...(spec.mode === 'enforce' ? patternGuards(spec.patterns, rejection) : []),
    ...(spec.bedrock === undefined ? [] : [bedrockGuard(name, model.environment.spec.aws.region, rejection)]),
    ...(spec.webhook === undefined ? [] : [webhookGuard(name, spec.webhook, phase)]),
  ];
}

/** A guard has one action: neighbours with the same one share a guard, and the order of patterns stays. */
function patternGuards(patterns: Guardrail['spec']['patterns'], rejection: GatewayObject): GatewayObject[] {
  const runs: { action: 'mask' | 'reject'; rules: GatewayObject[] }[] = [];
  for (const { regex, builtin, action } of patterns) {
    const rule: GatewayObject = regex === undefined ? { builtin: builtin ?? '' } : { pattern: regex };
    const last = runs.at(-1);
    if (last?.action === action) last.rules.push(rule);
    else runs.push({ action, rules: [rule] });
  }
  return runs.map(({ action, rules }) => ({
    regex: { action, rules },
    ...(action === 'reject' ? { rejection } : {}),
  }));
}

function bedrockGuard(name: string, region: string, rejection: GatewayObject): GatewayObject {
  return {
    bedrockGuardrails: {
      guardrailIdentifier: guardrailToken(name, 'id'),
      guardrailVersion: guardrailToken(name, 'version'),
      region,
    },
    rejection,
  };
}

type Webhook = NonNullable<Guardrail['spec']['webhook']>;

/** The webhook makes its own rejection, with status and body. No header of the client is forwarded. */
function webhookGuard(name: string, webhook: Webhook, phase: Phase): GatewayObject {
  const { pathname } = splitUrl(webhook.backend);
  return {
    webhook: {
      target: { backend: `/${webhookBackendName(name)}` },
      headers: {
        ':path': literal(`${pathname}/${phase}`),
        'x-gw-tenant': 'metadata.tenant.id',
        'x-gw-model': 'metadata.model',
        'x-gw-guardrail': literal(name),
      },
      failureMode: webhook.onFailure === 'allow' ? 'failOpen' : 'failClosed',
    },
  };
}

function webhookBackendName(guardrail: string): string {
  return `guard-${guardrail}`;
}

/** An inline target would be plain HTTP, whatever its port: only a named backend has TLS and a deadline. */
export function webhookBackends(guardrails: readonly Guardrail[]): GatewayObject[] {
  return guardrails.flatMap(({ name, spec: { webhook } }): GatewayObject[] => {
    if (webhook === undefined) return [];
    const { host } = splitUrl(webhook.backend);
    return [
      {
        name: webhookBackendName(name),
        host: host.includes(':') ? host : `${host}:443`,
        policies: { backendTLS: {}, http: { requestTimeout: webhook.timeout } },
      },
    ];
  });
}

/** The schema has checked the form `https://host[:port][/path]`. */
function splitUrl(url: string): { readonly host: string; readonly pathname: string } {
  const rest = url.slice('https://'.length);
  const slash = rest.indexOf('/');
  if (slash === -1) return { host: rest, pathname: '' };
  return { host: rest.slice(0, slash), pathname: rest.slice(slash).replace(/\/+$/, '') };
}

function rejectionOf({ status, message }: Guardrail['spec']['rejection'], format: ClientFormat): GatewayObject {
  return {
    status,
    body: JSON.stringify(jsonError(format, status, message, 'guardrail_blocked')),
    headers: { set: { 'content-type': 'application/json' } },
  };
}
