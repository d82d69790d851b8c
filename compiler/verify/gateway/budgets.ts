import type { GatewayConfig, GatewayPolicy } from './config.ts';
import { formatOf } from './errors.ts';
import { literal, servedForm } from './forms.ts';
import { same, shown } from './same.ts';
import { type Law, named } from './subject.ts';

/** The question, word for word: names and nothing else. The prompt that it replaces must not leave. */
const question =
  'toJson({"tenant": metadata.tenant.id, "model": metadata.model, "client": metadata.client, "path": request.path, "release": "@{release}"})';

const http = {
  path: literal('/v1/budget'),
  body: question,
  addRequestHeaders: { ':method': literal('POST'), 'content-type': literal('application/json') },
  metadata: { answered: literal('yes') },
};

/** Where the environment has budgets, the service is asked once for each request that the table lets through. */
export const budgets: Law = function* ({ config, model }) {
  const spec = model.environment.spec.budgets;
  const asking = (config.policies ?? []).filter(({ policy }) => policy?.extAuthz !== undefined);
  const place = named(model.environment);
  if (asking.length !== (spec === undefined ? 0 : 1)) {
    yield `agentgateway.json: ${asking.length} policies ask for a budget (${place})`;
    return;
  }
  yield* unansweredViolations(config, spec?.onFailure === 'reject', place);
  if (spec === undefined) return;
  const seconds = spec.cacheSeconds;
  const cached = ['metadata.tenant.id', 'metadata.model', 'request.path'];
  const expected = {
    condition: servedForm,
    backend: '/budget',
    // Where it should reject, the route behind it does, in the client's format (unanswered).
    failureMode: 'allow',
    includeRequestHeaders: ['content-type'],
    protocol: { http },
    cache: seconds === 0 ? undefined : { key: cached, ttl: `duration("${seconds}s")`, maxEntries: 10_000 },
  };
  yield* entryViolations(asking[0], expected, place);
  const service = config.backends.find(({ name }) => name === 'budget');
  if (service?.host !== '@{infra:budgetHost}' || service.policies?.backendTLS === undefined)
    yield `agentgateway.json: backend budget is not infra's, or asked without TLS (${place})`;
};

const unansweredHeaders = { 'content-type': literal('application/json'), 'retry-after': literal('5') };

/** Without the mark that an answer leaves, a request goes no further, whatever the format of its client. */
function* unansweredViolations(config: GatewayConfig, rejects: boolean, place: string): Iterable<string> {
  const found = (config.policies ?? []).flatMap(({ policy }) => (policy?.directResponse === undefined ? [] : [policy]));
  if (found.length !== (rejects ? 1 : 0)) {
    yield `agentgateway.json: ${found.length} policies answer while the budget service is down (${place})`;
    return;
  }
  if (!rejects) return;
  const [anthropic, openai, ...more] = found[0]?.directResponse?.conditional ?? [];
  const missing = `${servedForm} && coalesce(extauthz.answered, "") != "yes"`;
  const covered =
    more.length === 0 &&
    anthropic?.condition === `${missing} && request.path.startsWith("/v1/messages")` &&
    openai?.condition === `${missing} && true`;
  if (!covered || anthropic?.['status'] !== 503 || openai?.['status'] !== 503)
    yield `agentgateway.json: policy budget-unanswered lets requests pass unasked (${place})`;
  const headed = [anthropic, openai].every((entry) => same(entry?.['headers'], unansweredHeaders));
  if (!headed || formatOf(anthropic?.['body']) !== 'anthropic' || formatOf(openai?.['body']) !== 'openai')
    yield `agentgateway.json: policy budget-unanswered answers in a form that a client does not read (${place})`;
}

function* entryViolations(
  asking: GatewayPolicy | undefined,
  expected: Readonly<Record<string, unknown>>,
  place: string,
): Iterable<string> {
  const entries = asking?.policy?.extAuthz?.conditional ?? [];
  if (entries.length !== 1) yield `agentgateway.json: policy budget has ${entries.length} entries (${place})`;
  const entry: Readonly<Record<string, unknown>> = entries[0] ?? {};
  for (const field of new Set([...Object.keys(entry), ...Object.keys(expected)])) {
    if (same(entry[field], expected[field])) continue;
    yield `agentgateway.json: policy budget has ${field} ${shown(entry[field])} instead of ${shown(expected[field])} (${place})`;
  }
}
