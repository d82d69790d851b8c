import { type ClientFormat, clientFormats, denialMark } from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import type { Resource } from '../../resolve/resources.ts';
import { type Denial, denialAnswers } from '../../table/answers.ts';
import { surfaces } from '../../table/surfaces.ts';
import { type Cel, literal } from './cel.ts';
import { ruleHeader } from './decision.ts';
import { errorType, jsonError } from './errors.ts';
import type { GatewayObject } from './value.ts';

interface Answer {
  readonly denial: Denial | `blocked.${string}`;
  readonly status: number;
  readonly message: Cel;
  readonly code: string;
}

/** What is told beside status and code. Each is answered in the client's own format on every surface. */
const messages: Readonly<Record<Denial, Cel>> = {
  token: literal('this token is not an access token with the invoke scope'),
  tenant: literal('no tenant is registered for this client'),
  suspended: `${literal('tenant ')} + metadata.tenant.id + ${literal(' is suspended')}`,
  limit: `${literal('the limit of tenant ')} + metadata.tenant.id + ${literal(' is zero')}`,
  json: literal('the body is not a JSON object with a field model that names a model'),
  large: literal('the body is larger than this gateway reads, or has more to mask than it can'),
  blocked: literal('the text is blocked by a guardrail'),
  model: `${literal('model ')} + metadata.requested + ${literal(' is not available to tenant ')} + metadata.tenant.id`,
  unsupported: `${literal('model ')} + metadata.requested + ${literal(' does not serve this path and method')}`,
};

const answers: readonly Answer[] = (Object.keys(messages) as Denial[]).map((denial) => ({
  denial,
  ...denialAnswers[denial],
  message: messages[denial],
}));

export const modelsPath = '/v1/models';

/** All paths that are answered at all, by the format of their clients. */
function pathsOf(format: ClientFormat): string[] {
  const paths = sortedKeys(surfaces).filter((path) => surfaces[path]?.format === format);
  return format === 'openai' ? [...paths, modelsPath].sort() : paths;
}

/** Exact paths and no method: the gateway ranks both above any number of headers. */
export function denialRoutes(guardrails: readonly Resource<'Guardrail'>[]): GatewayObject[] {
  const all = [...answers, ...guardrails.map(blocked)];
  return clientFormats.flatMap((format) => all.map((answer) => denialRoute(answer, format)));
}

/** A guardrail rejects in the same way wherever its patterns are found. */
function blocked({ name, spec: { rejection } }: Resource<'Guardrail'>): Answer {
  return {
    denial: `blocked.${name}`,
    status: rejection.status,
    message: literal(rejection.message),
    code: 'guardrail_blocked',
  };
}

function denialRoute(answer: Answer, format: ClientFormat): GatewayObject {
  const { denial, status } = answer;
  const headers =
    denial === 'unsupported' ? {} : { headers: [{ name: ruleHeader, value: { exact: `${denialMark}${denial}` } }] };
  return {
    name: `deny.${denial}.${format}`,
    gateways: 'default',
    matches: pathsOf(format).map((path) => ({ path: { exact: path }, ...headers })),
    policies: { directResponse: jsonResponse(status, body(answer, format)) },
  };
}

function body({ status, message, code }: Answer, format: ClientFormat): Cel {
  const type = literal(errorType(format, status));
  return format === 'openai'
    ? `toJson({"error": {"message": ${message}, "type": ${type}, "param": null, "code": ${literal(code)}}})`
    : `toJson({"type": "error", "error": {"type": ${type}, "message": ${message}}})`;
}

export function jsonResponse(status: number, bodyExpression: Cel): GatewayObject {
  return { status, headers: { 'content-type': literal('application/json') }, bodyExpression };
}

/** Whatever is no surface at all. */
export const notFoundRoute: GatewayObject = {
  name: 'deny.not-found',
  gateways: 'default',
  policies: {
    directResponse: {
      status: 404,
      headers: { 'content-type': literal('application/json') },
      body: JSON.stringify(jsonError('openai', 404, 'no such path', 'not_found')),
    },
  },
};
