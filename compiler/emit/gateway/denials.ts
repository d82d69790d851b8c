import {
  type ClientFormat,
  clientFormats,
  denialMark,
  type denials,
} from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import type { Resource } from '../../resolve/resources.ts';
import { surfaces } from '../../table/surfaces.ts';
import { type Cel, literal } from './cel.ts';
import { ruleHeader } from './decision.ts';
import { errorType, jsonError } from './errors.ts';
import type { GatewayObject } from './value.ts';

interface Answer {
  /** `unsupported`: whatever no other route took. */
  readonly denial: keyof typeof denials | `blocked.${string}` | 'unsupported';
  readonly status: number;
  readonly message: Cel;
  readonly code: string;
}

/** Every way in which the table says no. Each is answered in the client's own format on every surface. */
const answers: readonly Answer[] = [
  {
    denial: 'token',
    status: 403,
    message: literal('this token is not an access token with the invoke scope'),
    code: 'invalid_token',
  },
  {
    denial: 'tenant',
    status: 403,
    message: literal('no tenant is registered for this client'),
    code: 'unknown_tenant',
  },
  {
    denial: 'suspended',
    status: 403,
    message: `${literal('tenant ')} + metadata.tenant.id + ${literal(' is suspended')}`,
    code: 'tenant_suspended',
  },
  {
    denial: 'limit',
    status: 429,
    message: `${literal('the limit of tenant ')} + metadata.tenant.id + ${literal(' is zero')}`,
    code: 'rate_limit_exceeded',
  },
  {
    denial: 'json',
    status: 400,
    message: literal('the body is not a JSON object with a field model that names a model'),
    code: 'invalid_body',
  },
  {
    denial: 'large',
    status: 413,
    message: literal('the body is larger than this gateway reads, or has more to mask than it can'),
    code: 'body_too_large',
  },
  {
    denial: 'blocked',
    status: 403,
    message: literal('the text is blocked by a guardrail'),
    code: 'guardrail_blocked',
  },
  {
    denial: 'model',
    status: 404,
    message: `${literal('model ')} + metadata.requested + ${literal(' is not available to tenant ')} + metadata.tenant.id`,
    code: 'model_not_found',
  },
  {
    denial: 'unsupported',
    status: 400,
    message: `${literal('model ')} + metadata.requested + ${literal(' does not serve this path and method')}`,
    code: 'unsupported_path',
  },
];

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
