import { sortedKeys } from '../../../contract/canonical.ts';
import { surfaces } from '../../table/surfaces.ts';
import { type Cel, literal } from './cel.ts';
import { ruleHeader } from './decision.ts';
import type { GatewayObject } from './value.ts';

type Format = 'openai' | 'anthropic';

interface Denial {
  readonly name: string;
  /** The decision that it answers; undefined: whatever no other route took. */
  readonly decision: string | undefined;
  readonly status: number;
  readonly message: Cel;
  readonly type: Readonly<Record<Format, string>>;
  readonly code: string;
}

const permission = { openai: 'permission_error', anthropic: 'permission_error' };
const invalid = { openai: 'invalid_request_error', anthropic: 'invalid_request_error' };

/** Every way in which the table says no. Each is answered in the client's own format on every surface. */
const denials: readonly Denial[] = [
  {
    name: 'token',
    decision: '!token',
    status: 403,
    message: literal('this token is not an access token with the invoke scope'),
    type: permission,
    code: 'invalid_token',
  },
  {
    name: 'tenant',
    decision: '!tenant',
    status: 403,
    message: literal('no tenant is registered for this client'),
    type: permission,
    code: 'unknown_tenant',
  },
  {
    name: 'suspended',
    decision: '!suspended',
    status: 403,
    message: `${literal('tenant ')} + metadata.tenant.id + ${literal(' is suspended')}`,
    type: permission,
    code: 'tenant_suspended',
  },
  {
    name: 'json',
    decision: '!json',
    status: 400,
    message: literal('the body is not a JSON object with a string field model'),
    type: invalid,
    code: 'invalid_body',
  },
  {
    name: 'large',
    decision: '!large',
    status: 413,
    message: literal('the body is larger than this gateway reads'),
    type: { openai: 'invalid_request_error', anthropic: 'request_too_large' },
    code: 'body_too_large',
  },
  {
    name: 'model',
    decision: '!model',
    status: 404,
    message: `${literal('model ')} + metadata.model + ${literal(' is not available to tenant ')} + metadata.tenant.id`,
    type: { openai: 'invalid_request_error', anthropic: 'not_found_error' },
    code: 'model_not_found',
  },
  {
    name: 'unsupported',
    decision: undefined,
    status: 400,
    message: `${literal('model ')} + metadata.model + ${literal(' does not serve this path and method')}`,
    type: invalid,
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
export function denialRoutes(): GatewayObject[] {
  return (['openai', 'anthropic'] as const).flatMap((format) => denials.map((denial) => denialRoute(denial, format)));
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
  const type = literal(denial.type[format]);
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
