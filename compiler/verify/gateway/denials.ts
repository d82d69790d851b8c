import { type ClientFormat, clientFormats } from '../../../contract/artifacts/decision-table.ts';
import type { Route } from './config.ts';
import { pathsOf } from './conversion.ts';
import { formatOf } from './errors.ts';
import { literal } from './forms.ts';
import type { MatchedRoute } from './route-index.ts';
import { shown } from './same.ts';
import type { Law, Subject } from './subject.ts';

/** Every way in which the table says no, with the status of the answer. */
const statuses: Readonly<Record<string, number>> = {
  '!token': 403,
  '!tenant': 403,
  '!suspended': 403,
  '!limit': 429,
  '!json': 400,
  '!large': 413,
  '!blocked': 403,
  '!model': 404,
};

/** What stands for "no other route took it". */
const unmatched = undefined;

/** Each denial, and whatever nothing else took, is answered on every path by one route, in the format of its clients. */
export const denials: Law = function* (subject) {
  const { metadata } = subject.decision;
  const blocks = Object.fromEntries(
    [...(metadata['blocked'] ?? '').matchAll(/"!blocked\.([a-z0-9-]+)"/g)].map(([, name = '']) => [
      `!blocked.${name}`,
      subject.model.resources.guardrails.get(name)?.spec.rejection.status ?? 0,
    ]),
  );
  const all: readonly (readonly [string | undefined, number])[] = [
    ...Object.entries({ ...statuses, ...blocks }),
    [unmatched, 400],
  ];
  for (const format of clientFormats) {
    for (const path of pathsOf(format)) {
      for (const [decision, status] of all) yield* answerViolations(subject, path, format, decision, status);
    }
  }
  yield* modelsViolations(subject);
  const rest = subject.config.routes.filter(({ gateways, matches }) => gateways === 'default' && matches === undefined);
  if (rest.length !== 1) yield `agentgateway.json: ${rest.length} routes answer what is no path at all`;
  for (const { name, policies } of rest) {
    const { body, headers } = policies?.directResponse ?? {};
    if (formatOf(body) === undefined || headers?.['content-type'] !== literal('application/json'))
      yield `agentgateway.json: route ${name} answers what is no path at all in a form that no client reads`;
  }
};

function* answerViolations(
  { routes }: Subject,
  path: string,
  format: ClientFormat,
  decision: string | undefined,
  status: number,
): Iterable<string> {
  const answering = (routes.paths(decision).get(path) ?? []).filter(plain);
  const what = `${decision ?? 'what no other route takes'} on ${path}`;
  const [first] = answering;
  if (answering.length !== 1 || first === undefined) {
    yield `agentgateway.json: ${answering.length} routes answer ${what}`;
    return;
  }
  const { name, policies } = first.route;
  const answer = policies?.directResponse;
  if (answer?.status !== status)
    yield `agentgateway.json: route ${name} answers ${what} with ${shown(answer?.status)} instead of ${status}`;
  if (
    !readable(answer?.bodyExpression ?? '', format) ||
    answer?.headers?.['content-type'] !== literal('application/json')
  )
    yield `agentgateway.json: route ${name} answers ${what} in a form that no ${format} client reads`;
}

/** A denial asks for nothing but its decision. */
function plain({ route, match }: MatchedRoute): boolean {
  return route.backends === undefined && match.method === undefined && (match.headers?.length ?? 0) <= 1;
}

function readable(body: string, format: ClientFormat): boolean {
  return format === 'openai'
    ? /^toJson\(\{"error": \{"message": .*, "type": "[a-z_]+", "param": null, "code": "[a-z_]+"\}\}\)$/s.test(body)
    : /^toJson\(\{"type": "error", "error": \{"type": "[a-z_]+", "message": .*\}\}\)$/s.test(body);
}

/** The list of models is given only to who was let in and asked for nothing else. */
function* modelsViolations({ routes }: Subject): Iterable<string> {
  const lists = routes.paths('').get('/v1/models') ?? [];
  const served = lists.filter(({ match }) => match.method === 'GET');
  if (lists.length !== 1 || served.length !== 1)
    yield `agentgateway.json: ${served.length} routes answer GET /v1/models with the list of models`;
  for (const { route } of served)
    if (!isList(route)) yield `agentgateway.json: route ${route.name} is no list of models`;
}

function isList({ policies, backends }: Route): boolean {
  const { status, headers } = policies?.directResponse ?? {};
  return backends === undefined && status === 200 && headers?.['content-type'] === literal('application/json');
}
