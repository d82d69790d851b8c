import type { ClientFormat } from '../../../contract/artifacts/decision-table.ts';
import { guardrailToken } from '../../../contract/tokens.ts';
import type { Resource } from '../../resolve/resources.ts';
import type { Backend, Guard, Route } from './config.ts';
import { formatOf, messageOf } from './errors.ts';
import { literal } from './forms.ts';
import { same, shown } from './same.ts';
import { named, type Subject } from './subject.ts';

type Guardrail = Resource<'Guardrail'>;
type Phase = Guardrail['spec']['phases'][number];

/** One thing that looks at a text, in words that do not depend on how the config groups them. */
interface Asked {
  readonly guardrail: Guardrail;
  readonly guard: string;
}

/** A route has the guards that its guardrails ask for, in their order, and none that nobody asked for. */
export function* guardViolations(
  subject: Subject,
  route: Route,
  names: readonly string[],
  format: ClientFormat,
  who: string,
): Iterable<string> {
  const guardrails = names.flatMap((name) => subject.model.resources.guardrails.get(name) ?? []);
  const guards = route.policies?.ai?.promptGuard;
  for (const phase of ['request', 'response'] as const) {
    const asked = guardrails.flatMap((guardrail) => askedBy(subject, guardrail, phase, format));
    const found = (guards?.[phase] ?? []).flatMap((guard) => foundIn(subject, guard, phase, format));
    const index =
      found.length === asked.length ? found.findIndex((g, i) => g !== asked[i]?.guard) : differsAt(found, asked);
    if (index === -1) continue;
    const wanted = asked[index];
    const place = `agentgateway.json: route ${route.name}: ${phase} guard ${index + 1}`;
    if (wanted === undefined) yield `${place} is ${found[index]}, which nobody asked for (${who})`;
    else
      yield `${place} is ${found[index] ?? 'missing'} instead of ${wanted.guard} (${named(wanted.guardrail)}, ${who})`;
  }
  const cuts = guardrails.some(({ spec: { mode, phases, streaming } }) => {
    return mode === 'enforce' && streaming === 'guard' && phases.includes('response');
  });
  const expected = cuts ? 'Enabled' : undefined;
  if (guards?.streaming !== expected)
    yield `agentgateway.json: route ${route.name} has guards of streams ${shown(guards?.streaming)} instead of ${shown(expected)} (${who})`;
}

function differsAt(found: readonly string[], asked: readonly Asked[]): number {
  const longest = Math.max(found.length, asked.length);
  for (let index = 0; index < longest; index += 1) if (found[index] !== asked[index]?.guard) return index;
  return -1;
}

/** In detect mode nothing may change or refuse a request: patterns are logged elsewhere, and a Bedrock definition has no actions. */
function askedBy({ model }: Subject, guardrail: Guardrail, phase: Phase, format: ClientFormat): Asked[] {
  const { name, spec } = guardrail;
  if (!spec.phases.includes(phase)) return [];
  const rejection = `with ${spec.rejection.status} ${format} ${literal(spec.rejection.message)}`;
  const asked: string[] = [];
  if (spec.mode === 'enforce') {
    for (const { action, regex, builtin } of spec.patterns) {
      const rule = regex === undefined ? `builtin ${builtin}` : `pattern ${literal(regex)}`;
      asked.push(action === 'mask' ? `mask ${rule}` : `reject ${rule} ${rejection}`);
    }
  }
  if (spec.bedrock !== undefined) {
    const [id, version] = [guardrailToken(name, 'id'), guardrailToken(name, 'version')];
    asked.push(`Bedrock ${id} ${version} in ${model.environment.spec.aws.region} ${rejection}`);
  }
  if (spec.mode === 'enforce' && spec.webhook !== undefined) asked.push(webhookText(name, spec.webhook, phase));
  return asked.map((guard) => ({ guardrail, guard }));
}

function webhookText(name: string, webhook: NonNullable<Guardrail['spec']['webhook']>, phase: Phase): string {
  const [, host = '', path = ''] = /^https:\/\/([^/]+)(.*?)\/*$/.exec(webhook.backend) ?? [];
  const port = host.includes(':') ? host : `${host}:443`;
  const mode = webhook.onFailure === 'allow' ? 'failOpen' : 'failClosed';
  return `webhook https://${port}${path}/${phase} within ${webhook.timeout} ${mode} for ${literal(name)}`;
}

function foundIn({ config }: Subject, guard: Guard, phase: Phase, format: ClientFormat): string[] {
  const { regex, bedrockGuardrails: bedrock, webhook, rejection } = guard;
  const refuses = `with ${rejectionText(rejection, format)}`;
  if (regex !== undefined) {
    return (regex.rules ?? []).map(({ pattern, builtin }) => {
      const rule = pattern === undefined ? `builtin ${builtin}` : `pattern ${literal(pattern)}`;
      return regex.action === 'mask' ? `mask ${rule}` : `${regex.action} ${rule} ${refuses}`;
    });
  }
  if (bedrock !== undefined)
    return [`Bedrock ${bedrock.guardrailIdentifier} ${bedrock.guardrailVersion} in ${bedrock.region} ${refuses}`];
  if (webhook !== undefined) {
    const backend = config.backends.find(({ name }) => `/${name}` === webhook.target?.backend);
    return [`${foundWebhook(webhook, backend, phase)}${oddlyTold(webhook)}`];
  }
  return [`unknown ${Object.keys(guard).join(', ')}`];
}

/** Only a named backend has TLS and a deadline: https is said here, not in the URL. */
function foundWebhook(webhook: NonNullable<Guard['webhook']>, backend: Backend | undefined, phase: Phase): string {
  const { backendTLS, http } = backend?.policies ?? {};
  // The gateway asks /request or /response unless told otherwise.
  const path = webhook.headers?.[':path'] ?? literal(`/${phase}`);
  return `webhook ${backendTLS === undefined ? 'http' : 'https'}://${backend?.host}${path.slice(1, -1)} within ${http?.requestTimeout} ${webhook.failureMode}`;
}

/** What a webhook may be told beside the text: names of ours, nothing of the client's request. */
function oddlyTold({ headers = {} }: NonNullable<Guard['webhook']>): string {
  const { ':path': _, 'x-gw-guardrail': guardrail = '', ...names } = headers;
  const told = same(names, { 'x-gw-tenant': 'metadata.tenant.id', 'x-gw-model': 'metadata.model' });
  const quoted = /^"[a-z0-9-]+"$/.test(guardrail);
  return told && quoted ? ` for ${guardrail}` : ` told ${shown(headers)}`;
}

function rejectionText(rejection: Guard['rejection'], format: ClientFormat): string {
  const { status, body, headers } = rejection ?? {};
  const shape = formatOf(body);
  if (shape === undefined || !same(headers?.set, { 'content-type': 'application/json' }))
    return `an answer that no ${format} client reads`;
  return `${status} ${shape} ${literal(messageOf(body))}`;
}
