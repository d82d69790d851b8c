import { sortedKeys } from '../../../contract/canonical.ts';
import type { Resource } from '../../resolve/resources.ts';
import { surfaces } from '../../table/surfaces.ts';
import { type Cel, literal } from './cel.ts';
import { ruleHeader } from './decision.ts';
import { errorType, type Format, formats } from './errors.ts';
import { blockedBy } from './scan.ts';
import type { GatewayObject } from './value.ts';

interface Denial {
  readonly name: string;
  /** The decision that it answers; undefined: whatever no other route took. */
  readonly decision: string | undefined;
  readonly status: number;
  readonly message: Cel;
  readonly code: string;
}

/** Every way in which the table says no. Each is answered in the client's own format on every surface. */
const denials: readonly Denial[] = [
  {
    name: 'token',
    decision: '!token',
    status: 403,
    message: literal('this token is not an access token with the invoke scope'),
    code: 'invalid_token',
  },
  {
    name: 'tenant',
    decision: '!tenant',
    status: 403,
    message: literal('no tenant is registered for this client'),
    code: 'unknown_tenant',
  },
  {
    name: 'suspended',
    decision: '!suspended',
    status: 403,
    message: `${literal('tenant ')} + metadata.tenant.id + ${literal(' is suspended')}`,
    code: 'tenant_suspended',
  },
  {
    name: 'limit',
    decision: '!limit',
    status: 429,
    message: `${literal('the limit of tenant ')} + metadata.tenant.id + ${literal(' is zero')}`,
    code: 'rate_limit_exceeded',
  },
  {
    name: 'json',
    decision: '!json',
    status: 400,
    message: literal('the body is not a JSON object with a field model that names a model'),
    code: 'invalid_body',
  },
  {
    name: 'large',
    decision: '!large',
    status: 413,
    message: literal('the body is larger than this gateway reads, or has more to mask than it can'),
    code: 'body_too_large',
  },
  {
    name: 'blocked',
    decision: '!blocked',
    status: 403,
    message: literal('the text is blocked by a guardrail'),
    code: 'guardrail_blocked',
  },
  {
    name: 'model',
    decision: '!model',
    status: 404,
    message: `${literal('model ')} + metadata.requested + ${literal(' is not available to tenant ')} + metadata.tenant.id`,
    code: 'model_not_found',
  },
  {
    name: 'unsupported',
    decision: undefined,
    status: 400,
    message: `${literal('model ')} + metadata.requested + ${literal(' does not serve this path and method')}`,
    code: 'unsupported_path',
  },
];

export const modelsPath = '/v1/models';

/** All paths that are answered at all, by the format of their clients. */
function pathsOf(format: Format): string[] {
  const paths = sortedKeys(surfaces).filter((path) => surfaces[path]?.format === format);
  return format === 'openai' ? [...paths, modelsPath].sort() : paths;
}

/** Exact paths and no method: the gateway ranks both above any number of headers. */
export function denialRoutes(guardrails: readonly Resource<'Guardrail'>[]): GatewayObject[] {
  const all = [...denials, ...guardrails.map(blocked)];
  return formats.flatMap((format) => all.map((denial) => denialRoute(denial, format)));
}

/** A guardrail rejects in the same way wherever its patterns are found. */
function blocked({ name, spec: { rejection } }: Resource<'Guardrail'>): Denial {
  return {
    name: `blocked.${name}`,
    decision: blockedBy(name),
    status: rejection.status,
    message: literal(rejection.message),
    code: 'guardrail_blocked',
  };
}

function denialRoute(denial: Denial, format: Format): GatewayObject {
  const headers =
    denial.decision === undefined ? {} : { headers: [{ name: ruleHeader, value: { exact: denial.decision } }] };
  return {
    name: `deny.${denial.name}.${format}`,
    gateways: 'default',
    matches: pathsOf(format).map((path) => ({ path: { exact: path }, ...headers })),
    policies: { directResponse: jsonResponse(denial.status, body(denial, format)) },
  };
}

function body(denial: Denial, format: Format): Cel {
  const type = literal(errorType(format, denial.status));
  return format === 'openai'
    ? `toJson({"error": {"message": ${denial.message}, "type": ${type}, "param": null, "code": ${literal(denial.code)}}})`
    : `toJson({"type": "error", "error": {"type": ${type}, "message": ${denial.message}}})`;
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
      body: JSON.stringify({
        error: { message: 'no such path', type: 'invalid_request_error', param: null, code: 'not_found' },
      }),
    },
  },
};
